package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.merge.RowKey;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Rows whose value in a column lies within bounds, both included. Rows without a value do not pass.
 *
 * @param min canonical value ({@link dev.larder.io.changes.Kind}); null for no lower bound
 * @param max canonical value; null for no upper bound
 */
public record ColumnRange(String column, Serializable min, Serializable max)
    implements Serializable {

  public ColumnRange {
    Objects.requireNonNull(column, "column");
  }

  public static ColumnRange between(String column, Serializable min, Serializable max) {
    return new ColumnRange(column, min, max);
  }

  public static ColumnRange equalTo(String column, Serializable value) {
    return new ColumnRange(column, value, value);
  }

  /** The test of rows of a schema that holds the column. */
  Predicate<Object[]> in(RowSchema schema) {
    int position = schema.position(column);
    return row -> {
      Object value = row[position];
      return value != null
          && (min == null || RowKey.compare(value, min) >= 0)
          && (max == null || RowKey.compare(value, max) <= 0);
    };
  }
}
