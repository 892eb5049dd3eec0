/**
 * The transaction log of one table: what its versions hold, and how a new one is committed. Its
 * state is our own, advanced in memory; of delta-standalone only the types of columns and their
 * JSON are used, here and nowhere else. Knows no rows and no data files. Inner: users take {@link
 * dev.larder.io.delta.DeltaIO} and {@link dev.larder.io.delta.DeltaTable}.
 */
package dev.larder.io.delta.log;
