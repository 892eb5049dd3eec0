package dev.larder.io.changes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a database says of a table besides the types of its columns: what a draft of a model rests
 * on. Nothing in it is needed to load the table.
 *
 * @param table its columns, and the key that tells its rows apart
 * @param comment the table's, or empty
 * @param rows an estimate
 * @param columns facts of each column, by name
 * @param primaryKey in key order; empty if there is none
 * @param uniqueKeys others whose columns are all there, whole and never NULL
 * @param foreignKeys declared ones
 */
public record TableFacts(
    TableSchema table,
    String comment,
    long rows,
    Map<String, ColumnFacts> columns,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    List<ForeignKey> foreignKeys) {

  /** How a database compares the texts of a column. */
  public enum Comparison {
    /** Byte by byte, or not a text. */
    EXACT,
    /** 'a' = 'A'. */
    WITHOUT_CASE,
    /** 'a' = 'A' = 'a '. */
    WITHOUT_CASE_OR_TRAILING_SPACES
  }

  /**
   * Facts of a column.
   *
   * @param declared the type in the database's own words
   * @param isNumbered whether the database gives the values by counting
   * @param comment the column's, or empty
   * @param distinct an estimate of the number of values; -1 if no index tells
   * @param nullShare of the rows that were looked at, 0 to 1; NaN if none was
   */
  public record ColumnFacts(
      String declared,
      boolean isNumbered,
      Comparison comparison,
      String comment,
      long distinct,
      double nullShare) {}

  /**
   * Columns whose values stand in columns of another table.
   *
   * @param table the referenced table, of the same database
   * @param referenced its columns, in the order of {@code columns}
   */
  public record ForeignKey(List<String> columns, String table, List<String> referenced) {
    public ForeignKey {
      columns = List.copyOf(columns);
      referenced = List.copyOf(referenced);
      Objects.requireNonNull(table, "table");
    }
  }

  public TableFacts {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(comment, "comment");
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
    foreignKeys = List.copyOf(foreignKeys);
  }

  /** The table's name in its database. */
  public String name() {
    return table.id().table();
  }
}
