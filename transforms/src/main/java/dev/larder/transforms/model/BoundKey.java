package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.Normalisation;
import java.util.List;
import java.util.Locale;

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
    KeyExpression.Call call = (KeyExpression.Call) expression;
    List<BoundKey> arguments = call.arguments().stream().map(a -> of(a, table)).toList();
    BoundKey first = arguments.get(0);
    return switch (call.function()) {
      case UPPER -> row -> upper(first.text(row));
      case LOWER -> row -> lower(first.text(row));
      case TRIM -> row -> trim(first.text(row));
      case LPAD -> lpad(first, call.arguments());
      case CONCAT -> row -> concat(arguments, row);
      case COALESCE -> row -> coalesce(arguments, row);
      case LITERAL -> first;
    };
  }

  private static BoundKey column(int position, RowSchema table) {
    ColumnType type = table.column(position).type();
    if (type.kind() == Kind.STRING) {
      return row -> (String) row[position];
    }
    return row -> row[position] == null ? null : Values.text(type, row[position]);
  }

  private static String upper(String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static String trim(String text) {
    return text == null ? null : Normalisation.trim(text);
  }

  private static BoundKey lpad(BoundKey padded, List<KeyExpression> arguments) {
    int length = Integer.parseInt(((KeyExpression.Text) arguments.get(1)).value());
    String pad = ((KeyExpression.Text) arguments.get(2)).value();
    String pads = pad.repeat(length / pad.length() + 1);
    return row -> {
      String text = padded.text(row);
      return text == null || text.length() >= length
          ? text
          : pads.substring(0, length - text.length()) + text;
    };
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
