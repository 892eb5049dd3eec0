package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.Normalisation;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A {@link KeyExpression} bound to the columns of a table: a pure function from row to text. */
@FunctionalInterface
public interface BoundKey {

  /**
   * @param row canonical values of the table's columns
   * @return the text, or null where it is absent
   */
  String text(Object[] row);

  /**
   * @throws IllegalArgumentException if a column is not in the table
   */
  static BoundKey of(KeyExpression expression, RowSchema table) {
    if (expression instanceof KeyExpression.Name name) {
      return column(table.position(name.column()), table);
    }
    if (expression instanceof KeyExpression.Text literal) {
      return row -> literal.value();
    }
    if (expression instanceof KeyExpression.Cast cast) {
      return cast(cast, table);
    }
    return call((KeyExpression.Call) expression, table);
  }

  private static BoundKey call(KeyExpression.Call call, RowSchema table) {
    List<BoundKey> arguments = call.arguments().stream().map(a -> of(a, table)).toList();
    BoundKey first = arguments.get(0);
    return switch (call.function()) {
      case UPPER -> of(first, text -> text.toUpperCase(Locale.ROOT));
      case LOWER -> of(first, text -> text.toLowerCase(Locale.ROOT));
      case TRIM -> of(first, Normalisation::trim);
      case LPAD -> {
        int length = number(call, 1);
        String pad = constant(call, 2);
        yield of(first, text -> KeyTexts.fill(text, length, pad) + text);
      }
      case RPAD -> {
        int length = number(call, 1);
        String pad = constant(call, 2);
        yield of(first, text -> text + KeyTexts.fill(text, length, pad));
      }
      case SUBSTRING -> {
        int from = number(call, 1);
        int length = arguments.size() > 2 ? number(call, 2) : Integer.MAX_VALUE;
        yield of(first, text -> KeyTexts.substring(text, from, length));
      }
      case REPLACE -> {
        String old = constant(call, 1);
        String now = constant(call, 2);
        yield of(first, text -> text.replace(old, now));
      }
      case NULLIF -> {
        String none = constant(call, 1);
        yield of(first, text -> text.equals(none) ? null : text);
      }
      case CONCAT -> row -> concat(arguments, row);
      case COALESCE -> row -> coalesce(arguments, row);
      case LITERAL -> first;
    };
  }

  private static BoundKey cast(KeyExpression.Cast cast, RowSchema table) {
    BoundKey argument = of(cast.argument(), table);
    KeyDateFormat format = cast.format();
    boolean isText = cast.argument().type(table).kind() == Kind.STRING;
    return switch (cast.target()) {
      case TEXT -> format == null ? argument : of(argument, format::text);
      case INT -> of(argument, KeyTexts::integer);
      case DATE ->
          isText
              ? of(argument, format == null ? KeyDateFormat.ISO::day : format::day)
              : of(argument, text -> text.substring(0, Math.min(text.length(), 10)));
    };
  }

  /** A function of a text that is there. */
  private static BoundKey of(BoundKey argument, UnaryOperator<String> function) {
    return row -> {
      String text = argument.text(row);
      return text == null ? null : function.apply(text);
    };
  }

  private static String constant(KeyExpression.Call call, int place) {
    return ((KeyExpression.Text) call.arguments().get(place)).value();
  }

  private static int number(KeyExpression.Call call, int place) {
    return Integer.parseInt(constant(call, place));
  }

  private static BoundKey column(int position, RowSchema table) {
    ColumnType type = table.column(position).type();
    if (type.kind() == Kind.STRING) {
      return row -> (String) row[position];
    }
    return row -> row[position] == null ? null : Values.text(type, row[position]);
  }

  private static String concat(List<BoundKey> arguments, Object[] row) {
    StringBuilder out = new StringBuilder();
    for (BoundKey argument : arguments) {
      String text = argument.text(row);
      if (text == null) {
        return null;
      }
      out.append(text);
    }
    return out.toString();
  }

  private static String coalesce(List<BoundKey> arguments, Object[] row) {
    for (BoundKey argument : arguments) {
      String text = argument.text(row);
      if (text != null) {
        return text;
      }
    }
    return null;
  }
}
