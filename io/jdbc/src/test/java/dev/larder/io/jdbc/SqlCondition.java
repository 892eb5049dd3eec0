package dev.larder.io.jdbc;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the conditions that {@link KeyRange} writes as SQL does, with three truth values:
 * columns {@code c0, c1 ...} hold integers or NULL.
 */
final class SqlCondition {
  private static final Pattern COMPARISON =
      Pattern.compile("`c(\\d+)` (?:(IS NULL|IS NOT NULL)|(<=|>=|<|>|=) (-?\\d+))");

  private final String sql;
  private final List<Integer> row;
  private int at;

  SqlCondition(String sql, List<Integer> row) {
    this.sql = sql;
    this.row = row;
  }

  /** Whether the row would be in the result: unknown is not enough. */
  boolean isTrue() {
    Boolean result = either();
    if (at != sql.length()) {
      throw new IllegalArgumentException(sql + " at " + at);
    }
    return Boolean.TRUE.equals(result);
  }

  private Boolean either() {
    Boolean result = both();
    while (took(" OR ")) {
      Boolean next = both();
      boolean isTrue = Boolean.TRUE.equals(result) || Boolean.TRUE.equals(next);
      result = isTrue ? Boolean.TRUE : result == null || next == null ? null : Boolean.FALSE;
    }
    return result;
  }

  private Boolean both() {
    Boolean result = one();
    while (took(" AND ")) {
      Boolean next = one();
      boolean isFalse = Boolean.FALSE.equals(result) || Boolean.FALSE.equals(next);
      result = isFalse ? Boolean.FALSE : result == null || next == null ? null : Boolean.TRUE;
    }
    return result;
  }

  private Boolean one() {
    if (took("(")) {
      Boolean inner = either();
      if (!took(")")) {
        throw new IllegalArgumentException(sql + " at " + at);
      }
      return inner;
    }
    Matcher comparison = COMPARISON.matcher(sql).region(at, sql.length());
    if (!comparison.lookingAt()) {
      throw new IllegalArgumentException(sql + " at " + at);
    }
    at = comparison.end();
    Integer value = row.get(Integer.parseInt(comparison.group(1)));
    if (comparison.group(2) != null) {
      return (value == null) == comparison.group(2).equals("IS NULL");
    }
    if (value == null) {
      return null;
    }
    int order = Integer.compare(value, Integer.parseInt(comparison.group(4)));
    return switch (comparison.group(3)) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> order == 0;
    };
  }

  private boolean took(String text) {
    boolean isThere = sql.startsWith(text, at);
    at += isThere ? text.length() : 0;
    return isThere;
  }
}
