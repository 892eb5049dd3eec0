package dev.larder.transforms.model;

import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a part of a business key is read from a row of a source table: a column, or functions over
 * columns, on canonical text ({@link dev.larder.io.changes.Values#text}). Exactly one spelling of a
 * key may reach a hub; expressions bring two sources' spellings together.
 *
 * <pre>{@code
 * expression := column | 'text' | function ( expression, ... )
 * }</pre>
 *
 * A column whose name is not made of letters, digits, {@code _} and {@code $} stands in backquotes;
 * a quote in a text is doubled. Functions: {@code upper(x)}, {@code lower(x)}, {@code trim(x)}
 * (blanks at both ends), {@code lpad(x, length, 'pad')}, {@code concat(x, ...)}, {@code coalesce(x,
 * ...)}, {@code literal('text')}. NULL in gives NULL out, except in coalesce. Unlike MySQL's, lpad
 * never cuts a text that is longer: cutting would merge two keys.
 */
public sealed interface KeyExpression extends Serializable {

  /** A column of the table. */
  record Name(String column) implements KeyExpression {}

  /** A constant. */
  record Text(String value) implements KeyExpression {}

  /** A function; for lpad the second and third arguments are {@link Text}. */
  record Call(Function function, List<KeyExpression> arguments) implements KeyExpression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** The functions. */
  enum Function {
    UPPER(1, 1),
    LOWER(1, 1),
    TRIM(1, 1),
    LPAD(3, 3),
    CONCAT(1, Integer.MAX_VALUE),
    COALESCE(1, Integer.MAX_VALUE),
    LITERAL(1, 1);

    private final int min;
    private final int max;

    Function(int min, int max) {
      this.min = min;
      this.max = max;
    }

    boolean takes(int count) {
      return count >= min && count <= max;
    }

    /** {@code "1 argument"}, {@code "1 or more arguments"}. */
    String arity() {
      return min + (max == min ? "" : " or more") + (max == 1 ? " argument" : " arguments");
    }

    /** The name in an expression: {@code lpad}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws KeyExpressionException with the position of the mistake in the text
   */
  static KeyExpression parse(String text) {
    return new KeyExpressionParser(text).parse();
  }

  /** The columns it reads, in order of appearance. */
  default Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    collect(this, columns);
    return columns;
  }

  private static void collect(KeyExpression expression, Set<String> columns) {
    if (expression instanceof Name name) {
      columns.add(name.column());
    } else if (expression instanceof Call call) {
      call.arguments().forEach(argument -> collect(argument, columns));
    }
  }

  /**
   * Resolves the columns of a table once.
   *
   * @throws IllegalArgumentException if a column is not in the table
   */
  default BoundKey bind(RowSchema table) {
    return BoundKey.of(this, table);
  }
}
