/**
 * Beam pipelines and the loop around them: snapshot, stream, hand-over, backfill, forecast, verify.
 * Here connectors meet transforms, and nowhere else.
 */
package dev.larder.pipelines.run;
