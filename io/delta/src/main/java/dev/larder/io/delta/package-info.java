/**
 * Delta Lake tables: {@link dev.larder.io.delta.DeltaIO} for pipelines, {@link
 * dev.larder.io.delta.DeltaTable} for a driver. The log is behind one small interface ({@code
 * TableLog}, carried out by delta-standalone); Parquet files are written and read here; merge rules
 * are pure classes without Beam or I/O. Nothing in here knows what the rows mean.
 */
package dev.larder.io.delta;
