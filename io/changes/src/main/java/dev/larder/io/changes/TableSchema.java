package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A source table as it stood when a change was made: its columns and its primary (or first not-null
 * unique) key.
 *
 * @param key names of the key columns in key order; empty for a table without a key
 */
public record TableSchema(TableId id, RowSchema columns, List<String> key) implements Serializable {

  public TableSchema {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(columns, "columns");
    key = List.copyOf(key);
    key.forEach(columns::position);
  }
}
