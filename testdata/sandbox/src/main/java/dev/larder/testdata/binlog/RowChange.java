package dev.larder.testdata.binlog;

import java.util.List;

/**
 * One change of one row as the binary log holds it, or the end of all rows of a table.
 *
 * @param place of the event
 * @param row the row's number in the event, from 0
 * @param committedAt the transaction's commit, microseconds since the epoch, UTC (of its GTID
 *     event)
 * @param before the row's texts in the order of the columns, null for an insert and a truncate
 * @param after the same after the change, null for a delete and a truncate
 */
public record RowChange(
    String table,
    BinlogPlace place,
    int row,
    long committedAt,
    List<String> before,
    List<String> after) {

  /** Whether all rows of the table end. */
  public boolean isTruncate() {
    return before == null && after == null;
  }
}
