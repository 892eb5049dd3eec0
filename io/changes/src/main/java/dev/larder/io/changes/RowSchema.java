package dev.larder.io.changes;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ordered columns of a row. A row itself is an {@code Object[]} of canonical values ({@link
 * Kind}) in this order, null where a value is absent.
 *
 * <p>Instances are shared: rows of one table refer to one schema object, so that {@code ==} is the
 * fast test for "same as before".
 */
public final class RowSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Column> columns;
  private final Map<String, Integer> positions;

  private RowSchema(List<Column> columns) {
    this.columns = columns;
    this.positions = new HashMap<>(columns.size() * 2);
    for (int i = 0; i < columns.size(); i++) {
      if (positions.put(columns.get(i).name(), i) != null) {
        throw new IllegalArgumentException("column " + columns.get(i).name() + " stands twice");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if two columns have one name
   */
  public static RowSchema of(List<Column> columns) {
    return new RowSchema(List.copyOf(columns));
  }

  public static RowSchema of(Column... columns) {
    return new RowSchema(List.of(columns));
  }

  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  public Column column(int position) {
    return columns.get(position);
  }

  /** The position of a column, or -1 if there is none of this name. */
  public int find(String name) {
    return positions.getOrDefault(name, -1);
  }

  /**
   * @throws IllegalArgumentException if there is no such column
   */
  public int position(String name) {
    int position = find(name);
    if (position < 0) {
      throw new IllegalArgumentException("no column " + name + " in " + names());
    }
    return position;
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof RowSchema that && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  /** {@code id int not null, name string}. */
  @Override
  public String toString() {
    return columns.stream().map(Column::toString).collect(Collectors.joining(", "));
  }
}
