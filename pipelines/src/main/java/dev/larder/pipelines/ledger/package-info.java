/**
 * What was planned and what is done: the table {@code ops/ledger} (docs/adr/0002). A process that
 * dies is followed by one that reads it and goes on.
 */
package dev.larder.pipelines.ledger;
