package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One comparison of rows that the source has with rows that the vault has, matched by key.
 *
 * @param name of the vault table, as messages show it
 * @param table the source table, {@code pos.orders}
 * @param keys names of the key's columns; both queries select them as {@code k0, k1, ...}
 * @param columns names of the compared columns; both queries select them as {@code c0, c1, ...}
 * @param expected a query over the source
 * @param actual a query over the vault
 * @param absentIsWrong whether a row of the vault that the source lacks is a difference
 */
record Comparison(
    String name,
    String table,
    List<String> keys,
    List<String> columns,
    String expected,
    String actual,
    boolean absentIsWrong) {

  Comparison {
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
  }

  /** A select list that gives key and columns the names that {@link #sql} uses. */
  static String select(Map<String, String> keys, Map<String, String> columns) {
    List<String> items = new ArrayList<>();
    int i = 0;
    for (String expression : keys.values()) {
      items.add(expression + " AS k" + i++);
    }
    i = 0;
    for (String expression : columns.values()) {
      items.add(expression + " AS c" + i++);
    }
    return String.join(", ", items);
  }

  /** Counts the source's rows and, beside it, the differences of each kind. */
  String countSql() {
    return "WITH differences AS ("
        + sql()
        + ") SELECT (SELECT count(*) FROM ("
        + expected
        + ")) AS expected, (SELECT count(*) FROM differences) AS differences";
  }

  /**
   * A row for each difference: {@code place} (the key) and {@code finding}. A key that the vault
   * has more than once is a difference by itself; one that the source has more than once is named
   * so where it differs, for the vault can only have the last of its rows.
   */
  String sql() {
    String match =
        numbered("k", keys.size()).stream()
            .map(k -> "e." + k + " IS NOT DISTINCT FROM a." + k)
            .collect(Collectors.joining(" AND "));
    String differs =
        columns.isEmpty()
            ? "false"
            : numbered("c", columns.size()).stream()
                .map(c -> "e." + c + " IS DISTINCT FROM a." + c)
                .collect(Collectors.joining(" OR "));
    String absent = absentIsWrong ? " OR e.times IS NULL" : "";
    return String.format(
        "SELECT %s AS place, CASE WHEN a.times IS NULL THEN 'is missing in the vault'"
            + " WHEN a.times > 1 THEN 'is in the vault ' || a.times || ' times'"
            + " WHEN e.times IS NULL THEN 'is in the vault but not in the source'"
            + " ELSE concat_ws('; '%s) END AS finding"
            + " FROM (%s) e FULL OUTER JOIN (%s QUALIFY row_number() OVER same = 1) a ON %s"
            + " WHERE a.times IS NULL OR a.times > 1%s OR (e.times IS NOT NULL AND (%s))",
        place(), findings(), counted(expected), counted(actual), match, absent, differs);
  }

  /** Rows with the number of rows of the same key. */
  private String counted(String rows) {
    return String.format(
        "SELECT *, count(*) OVER same AS times FROM (%s) WINDOW same AS (PARTITION BY %s)",
        rows, String.join(", ", numbered("k", keys.size())));
  }

  private String place() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      parts.add(
          KeySql.literal(keys.get(i) + "=")
              + String.format(
                  " || coalesce(CAST(coalesce(e.k%1$d, a.k%1$d) AS VARCHAR), 'NULL')", i));
    }
    return "concat_ws(', ', " + String.join(", ", parts) + ")";
  }

  private String findings() {
    StringBuilder findings =
        new StringBuilder(
            ", CASE WHEN e.times > 1 THEN 'is in the source ' || e.times || ' times' END");
    for (int i = 0; i < columns.size(); i++) {
      findings.append(
          String.format(
              ", CASE WHEN e.c%1$d IS DISTINCT FROM a.c%1$d THEN %2$s || %3$s || ', vault ' || %4$s"
                  + " END",
              i, KeySql.literal(columns.get(i) + ": source "), shown("e.c" + i), shown("a.c" + i)));
    }
    return findings.toString();
  }

  private static String shown(String column) {
    return "coalesce('\"' || CAST(" + column + " AS VARCHAR) || '\"', 'NULL')";
  }

  private static List<String> numbered(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  /** A column of a row, quoted. */
  static String column(String row, String name) {
    return row + "." + quoted(name);
  }
}
