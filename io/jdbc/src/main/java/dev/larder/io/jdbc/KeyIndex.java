package dev.larder.io.jdbc;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An index that a table is cut along.
 *
 * @param columns its leading columns, as many as ranges can be cut by; at least one
 * @param order whether the columns tell every row apart
 * @param storage how the rows are stored
 */
public record KeyIndex(String name, List<KeyColumn> columns, Order order, Storage storage)
    implements Serializable {

  /** What the columns of an index say of the order of rows. */
  public enum Order {
    /** No two rows have the same values, and none is NULL. */
    TOTAL,
    /** There may be rows that stand at the same place. */
    PARTIAL
  }

  /** Where an index leads to. */
  public enum Storage {
    /** The rows are stored in its order: reading along it costs nothing. */
    CLUSTERED,
    /** Rows are looked up one by one, and the server has to be told to take this way. */
    SECONDARY
  }

  public KeyIndex {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(storage, "storage");
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("index " + name + " without columns");
    }
  }

  List<String> columnNames() {
    return columns.stream().map(KeyColumn::name).toList();
  }

  /** {@code `a`, `b`}: the order of the rows. */
  String orderBy() {
    return Sql.names(columnNames());
  }

  /** Like {@link #orderBy}, from the last row to the first. */
  String orderByDescending() {
    return columns.stream()
        .map(column -> Sql.name(column.name()) + " DESC")
        .collect(Collectors.joining(", "));
  }

  /** What makes the server use it, or an empty text where it does so by itself. */
  String hint() {
    return storage == Storage.CLUSTERED ? "" : forced();
  }

  /** What makes the server use it. */
  String forced() {
    return " FORCE INDEX (" + Sql.name(name) + ")";
  }
}
