package dev.larder.io.delta.filter;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.util.Comparator;

/** How values of a kind are ordered by filters and by the bounds of files. */
public final class ValueOrder {

  private ValueOrder() {}

  /** Whether values of a kind have an order at all. */
  public static boolean exists(Kind kind) {
    return javaType(kind) != null;
  }

  /** The Java type of canonical values; null for a kind without order. */
  static Class<?> javaType(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Boolean.class;
      case INT, TIME, DATETIME, TIMESTAMP -> Long.class;
      case DECIMAL -> BigDecimal.class;
      case FLOAT -> Float.class;
      case DOUBLE -> Double.class;
      case STRING, JSON -> String.class;
      case BINARY -> byte[].class;
      case DATE -> Integer.class;
      default -> null;
    };
  }

  /** Whether bounds may leave out values above them: some writers do not count NaN. */
  static boolean hasNan(Kind kind) {
    return kind == Kind.FLOAT || kind == Kind.DOUBLE;
  }

  static boolean isNan(Object value) {
    return value instanceof Float real && real.isNaN()
        || value instanceof Double number && number.isNaN();
  }

  /** Orders present values. */
  public static Comparator<Object> of(Kind kind) {
    return switch (kind) {
      case FLOAT -> (left, right) -> Float.compare((Float) left + 0.0f, (Float) right + 0.0f);
      case DOUBLE -> (left, right) -> Double.compare((Double) left + 0.0, (Double) right + 0.0);
      default -> Values::compare;
    };
  }
}
