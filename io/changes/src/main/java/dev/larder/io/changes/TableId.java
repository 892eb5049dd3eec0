package dev.larder.io.changes;

import java.io.Serializable;
import java.util.Objects;

/**
 * A source table: the model's name of the source ({@code pos}) and the name of the table in its
 * database. It stays the same when the database moves to another host or is renamed.
 */
public record TableId(String source, String table) implements Serializable, Comparable<TableId> {

  public TableId {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(table, "table");
  }

  /**
   * The inverse of {@link #toString}.
   *
   * @throws IllegalArgumentException if the text has no dot
   */
  public static TableId parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || dot == text.length() - 1) {
      throw new IllegalArgumentException("\"" + text + "\" is not of the form source.table");
    }
    return new TableId(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(TableId other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : table.compareTo(other.table);
  }

  /** {@code source.table}. */
  @Override
  public String toString() {
    return source + "." + table;
  }
}
