package dev.larder.io.delta.filter;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A condition on rows, as SQL's WHERE has it.
 *
 * <pre>{@code
 * Filter.atLeast("day", 19_812).and(Filter.isIn("country", List.of("CH", "AT")))
 * Filter.equalTo("after.id", 7L)                      // a field of a struct
 * Filter.not(Filter.between("price", low, high))
 * }</pre>
 *
 * <b>Values</b> are canonical ({@link dev.larder.io.changes.Kind}): a {@code Long} for an INT, days
 * for a DATE, microseconds for a TIMESTAMP, {@code byte[]} for a BINARY. A decimal may have any
 * scale. Literals are never null: ask {@link #isNull}.
 *
 * <p><b>Guarantees</b>: rows pass for which the condition is true; false and unknown do not.
 * Comparisons with an absent value are unknown, and so is their negation: {@code not(equalTo("a",
 * 1L))} passes no row without {@code a}. Strings are ordered by code point, binary as unsigned
 * bytes; NaN equals NaN and is above every other number, and {@code -0.0} equals {@code 0.0}, as in
 * Spark.
 *
 * <p><b>Errors</b>: a column that the table lacks and a literal of another type are {@link
 * dev.larder.io.changes.UserException}s when the table is opened.
 */
public sealed interface Filter extends Serializable {

  /** How a column's value relates to a literal. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST
  }

  /** A column beside a literal. */
  record Comparison(String column, Operator operator, Serializable value) implements Filter {
    public Comparison {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(operator, "operator");
      requireLiteral(value);
    }
  }

  /** Both bounds included. */
  record Between(String column, Serializable min, Serializable max) implements Filter {
    public Between {
      Objects.requireNonNull(column, "column");
      requireLiteral(min);
      requireLiteral(max);
    }
  }

  /** Equal to one of the values; of none if there are none. */
  record In(String column, List<Serializable> values) implements Filter {
    public In {
      Objects.requireNonNull(column, "column");
      values.forEach(In::requireValue);
      values = List.copyOf(values);
    }

    private static void requireValue(Serializable value) {
      requireLiteral(value);
    }
  }

  /** Without a value. A field of an absent struct is absent. */
  record Absent(String column) implements Filter {
    public Absent {
      Objects.requireNonNull(column, "column");
    }
  }

  /** True where the condition is false; unknown stays unknown. */
  record Not(Filter condition) implements Filter {
    public Not {
      Objects.requireNonNull(condition, "condition");
    }
  }

  /** All conditions hold; true if there are none. */
  record And(List<Filter> conditions) implements Filter {
    public And {
      conditions = List.copyOf(conditions);
    }
  }

  /** Some condition holds; false if there are none. */
  record Or(List<Filter> conditions) implements Filter {
    public Or {
      conditions = List.copyOf(conditions);
    }
  }

  /** Passes every row. */
  static Filter everything() {
    return new And(List.of());
  }

  static Filter equalTo(String column, Serializable value) {
    return new Comparison(column, Operator.EQUAL, value);
  }

  static Filter notEqualTo(String column, Serializable value) {
    return new Comparison(column, Operator.NOT_EQUAL, value);
  }

  static Filter lessThan(String column, Serializable value) {
    return new Comparison(column, Operator.LESS, value);
  }

  static Filter atMost(String column, Serializable value) {
    return new Comparison(column, Operator.AT_MOST, value);
  }

  static Filter greaterThan(String column, Serializable value) {
    return new Comparison(column, Operator.GREATER, value);
  }

  static Filter atLeast(String column, Serializable value) {
    return new Comparison(column, Operator.AT_LEAST, value);
  }

  /** Both bounds included. */
  static Filter between(String column, Serializable min, Serializable max) {
    return new Between(column, min, max);
  }

  static Filter isIn(String column, Collection<? extends Serializable> values) {
    return new In(column, List.copyOf(values));
  }

  static Filter isNull(String column) {
    return new Absent(column);
  }

  static Filter isNotNull(String column) {
    return new Not(new Absent(column));
  }

  static Filter not(Filter condition) {
    return new Not(condition);
  }

  default Filter and(Filter other) {
    return new And(List.of(this, other));
  }

  default Filter or(Filter other) {
    return new Or(List.of(this, other));
  }

  private static void requireLiteral(Serializable value) {
    Objects.requireNonNull(value, "a literal is not null; ask isNull");
  }
}
