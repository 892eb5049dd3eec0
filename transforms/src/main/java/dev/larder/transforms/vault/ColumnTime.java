package dev.larder.transforms.vault;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.util.concurrent.TimeUnit;

/** A moment that a column of a row says, microseconds since the epoch, UTC. */
@FunctionalInterface
interface ColumnTime {

  /**
   * @param otherwise the moment of a row that says none
   */
  long of(Object[] row, long otherwise);

  /**
   * @param column of kind DATE (its first moment), DATETIME or TIMESTAMP; null or not there: rows
   *     say none
   */
  static ColumnTime of(String column, RowSchema columns) {
    int position = column == null ? -1 : columns.find(column);
    if (position < 0) {
      return (row, otherwise) -> otherwise;
    }
    boolean isDate = columns.column(position).type().kind() == Kind.DATE;
    return (row, otherwise) -> {
      Object value = row[position];
      if (value == null) {
        return otherwise;
      }
      return isDate ? TimeUnit.DAYS.toMicros((Integer) value) : (Long) value;
    };
  }
}
