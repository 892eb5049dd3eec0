package dev.larder.io.jdbc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a table: the rows between two places in the order of an index. The bounds are literals
 * that only the database compares. Rows that are NULL where a bound has a value stand before it.
 *
 * @param index null for the whole table
 * @param from null for no lower bound
 * @param to null for no upper bound
 */
public record KeyRange(KeyIndex index, KeyBound from, KeyBound to) implements Serializable {

  /** Every row. */
  public static final KeyRange WHOLE = new KeyRange(null, null, null);

  public KeyRange {
    if (index == null && (from != null || to != null)) {
      throw new IllegalArgumentException("bounds without an index");
    }
  }

  /** The whole of a table, along an index. */
  static KeyRange along(KeyIndex index) {
    return new KeyRange(index, null, null);
  }

  KeyRange from(KeyBound bound) {
    return new KeyRange(index, bound, to);
  }

  KeyRange to(KeyBound bound) {
    return new KeyRange(index, from, bound);
  }

  boolean isWhole() {
    return from == null && to == null;
  }

  /**
   * The condition, or an empty text if every row meets it. It is spelled so that MySQL's optimizer
   * reads the range and nothing else, which it does not for {@code (a, b) >= (1, 2)}.
   */
  String condition() {
    int equal = equalColumns();
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < equal; i++) {
      conditions.add(equal(i, from.literals().get(i)));
    }
    if (from != null && from.literals().size() > equal) {
      conditions.addAll(lower(equal));
    }
    if (to != null && to.literals().size() > equal) {
      conditions.addAll(upper(equal));
    }
    return String.join(" AND ", conditions);
  }

  /** Leading columns that have one value in the whole range. */
  private int equalColumns() {
    if (from == null || to == null) {
      return 0;
    }
    // The last value of each bound is compared by an inequality.
    int most = Math.min(from.literals().size(), to.literals().size()) - 1;
    int equal = 0;
    while (equal < most && from.literals().get(equal).equals(to.literals().get(equal))) {
      equal++;
    }
    return equal;
  }

  private List<String> lower(int first) {
    List<String> literals = from.literals();
    int last = literals.size() - 1;
    String condition = above(last, from.isBehind() ? " > " : " >= ", literals.get(last));
    for (int i = last - 1; i >= first; i--) {
      String value = literals.get(i);
      condition = above(i, " > ", value) + " OR (" + equal(i, value) + andOpen(condition) + ")";
    }
    boolean hasValue = !KeyBound.isNull(literals.get(first));
    return last == first
        ? List.of(condition)
        : hasValue
            ? List.of(name(first) + " >= " + literals.get(first), "(" + condition + ")")
            : List.of("(" + condition + ")");
  }

  /** Nothing but NULLs stands before what is above them. */
  private String above(int i, String operator, String value) {
    return name(i) + (KeyBound.isNull(value) ? " IS NOT NULL" : operator + value);
  }

  private List<String> upper(int first) {
    List<String> literals = to.literals();
    int last = literals.size() - 1;
    String condition = below(last, to.isBehind() ? " <= " : " < ", literals.get(last));
    for (int i = last - 1; i >= first; i--) {
      String value = literals.get(i);
      String equal = equal(i, value) + andOpen(condition);
      condition = KeyBound.isNull(value) ? equal : below(i, " < ", value) + " OR (" + equal + ")";
    }
    boolean isOne = last == first && !column(first).nullable();
    return isOne
        ? List.of(condition)
        : column(first).nullable()
            ? List.of("(" + condition + ")")
            : List.of(name(first) + " <= " + literals.get(first), "(" + condition + ")");
  }

  private String below(int i, String operator, String value) {
    return name(i) + operator + value + (column(i).nullable() ? " OR " + name(i) + " IS NULL" : "");
  }

  private String equal(int i, String value) {
    return name(i) + (KeyBound.isNull(value) ? " IS NULL" : " = " + value);
  }

  private static String andOpen(String condition) {
    return " AND " + open(condition);
  }

  private static String open(String condition) {
    return condition.contains(" OR ") ? "(" + condition + ")" : condition;
  }

  private KeyColumn column(int i) {
    return index.columns().get(i);
  }

  private String name(int i) {
    return Sql.name(column(i).name());
  }

  /** {@code [100, 200) of id}, {@code [.., (2, 'a')) of (id, name)}, {@code all rows}. */
  @Override
  public String toString() {
    if (isWhole()) {
      return "all rows";
    }
    int columns =
        Math.max(from == null ? 0 : from.literals().size(), to == null ? 0 : to.literals().size());
    String names = String.join(", ", index.columnNames().subList(0, columns));
    return (from == null ? "[.." : (from.isBehind() ? "(" : "[") + from)
        + ", "
        + (to == null ? "..)" : to + (to.isBehind() ? "]" : ")"))
        + " of "
        + (columns == 1 ? names : "(" + names + ")");
  }
}
