/**
 * The snapshot branch's connector: what a MySQL source is and how it is reached ({@link
 * dev.larder.io.jdbc.Source}), what it holds ({@link dev.larder.io.jdbc.Catalogue}), whether it is
 * fit for Larder ({@link dev.larder.io.jdbc.SourceChecks}), where its log stands ({@link
 * dev.larder.io.jdbc.BinlogPosition}), and its tables, cut into ranges ({@link
 * dev.larder.io.jdbc.RangePlanner}) and read as change records ({@link
 * dev.larder.io.jdbc.JdbcSnapshots}). Nothing here knows of a vault, a lake or Kafka.
 */
package dev.larder.io.jdbc;
