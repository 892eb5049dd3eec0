package dev.larder.io.jdbc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a table: the rows whose column lies in {@code [from, to)}. The bounds are compared by
 * the database.
 *
 * @param column the column that is compared; null for the whole table
 * @param from the lowest value, as an SQL literal; null for no lower bound
 * @param to the lowest value that is no longer in, as an SQL literal; null for no upper bound
 */
public record KeyRange(String column, String from, String to) implements Serializable {

  /** Every row. */
  public static final KeyRange WHOLE = new KeyRange(null, null, null);

  public KeyRange {
    if (column == null && (from != null || to != null)) {
      throw new IllegalArgumentException("bounds without a column");
    }
  }

  /** The condition, or an empty text if every row meets it. */
  String condition() {
    List<String> conditions = new ArrayList<>(2);
    if (from != null) {
      conditions.add(Sql.name(column) + " >= " + from);
    }
    if (to != null) {
      conditions.add(Sql.name(column) + " < " + to);
    }
    return String.join(" AND ", conditions);
  }

  /** {@code [100, 200) of id}, {@code [.., 200) of id}, {@code all rows}. */
  @Override
  public String toString() {
    return from == null && to == null
        ? "all rows"
        : "[" + (from == null ? ".." : from) + ", " + (to == null ? ".." : to) + ") of " + column;
  }
}
