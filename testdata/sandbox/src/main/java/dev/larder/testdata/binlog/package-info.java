/**
 * The oracle: what a MySQL server's binary log says happened to each row, told without any of
 * Larder's decoding. A consistent read gives the true rows at a place of the log, {@link
 * dev.larder.testdata.binlog.BinlogReader} the changes behind it, {@link
 * dev.larder.testdata.binlog.Replay} lays one over the other and refuses to go on where they
 * contradict each other. Values are texts of one form, {@link
 * dev.larder.testdata.binlog.SourceColumn}.
 */
package dev.larder.testdata.binlog;
