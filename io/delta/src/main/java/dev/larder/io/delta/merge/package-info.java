/**
 * What becomes of the rows of one bucket under each load rule. Pure: no Beam, no clock, no files.
 * Inner.
 */
package dev.larder.io.delta.merge;
