/**
 * The transaction log of one table: what its versions hold, and how a new one is committed. Knows
 * no rows and no Parquet; the only place that knows delta-standalone. Inner: users take {@link
 * dev.larder.io.delta.DeltaIO} and {@link dev.larder.io.delta.DeltaTable}.
 */
package dev.larder.io.delta.log;
