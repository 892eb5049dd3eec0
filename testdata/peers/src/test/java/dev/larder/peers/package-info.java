/**
 * Larder's Delta tables in the hands of Spark (delta-spark) and DuckDB, and theirs in Larder's.
 * Tests start one Spark in their JVM; benchmarks start a JVM for each side. Nothing depends on this
 * module, and it sees of {@code io/delta} only what every user sees.
 */
package dev.larder.peers;
