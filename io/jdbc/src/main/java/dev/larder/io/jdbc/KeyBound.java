package dev.larder.io.jdbc;

import java.io.Serializable;
import java.util.List;

/**
 * A place in the order of an index: before, or behind, all rows whose leading columns have these
 * values.
 *
 * @param literals SQL literals of the leading columns, at least one; {@code NULL} for no value, but
 *     not as the last one: rows without a value stand before all others
 * @param isBehind whether rows with exactly these values lie before the place
 */
public record KeyBound(List<String> literals, boolean isBehind) implements Serializable {
  static final String NULL = "NULL";

  public KeyBound {
    literals = List.copyOf(literals);
    if (literals.isEmpty()) {
      throw new IllegalArgumentException("a bound without a value");
    }
    if (isNull(literals.get(literals.size() - 1))) {
      throw new IllegalArgumentException("a bound that ends without a value: " + literals);
    }
  }

  static boolean isNull(String literal) {
    return literal.equals(NULL);
  }

  static KeyBound before(String... literals) {
    return new KeyBound(List.of(literals), false);
  }

  static KeyBound before(List<String> literals) {
    return new KeyBound(literals, false);
  }

  static KeyBound behind(List<String> literals) {
    return new KeyBound(literals, true);
  }

  /** {@code 5} or {@code (5, 'a')}. */
  @Override
  public String toString() {
    String text = String.join(", ", literals);
    return literals.size() == 1 ? text : "(" + text + ")";
  }
}
