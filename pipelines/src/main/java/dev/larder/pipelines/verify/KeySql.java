package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.KeyExpression;
import java.util.List;
import java.util.stream.Collectors;

/** Business keys in DuckDB's SQL: what {@link KeyExpression} and {@link Normalisation} mean. */
final class KeySql {

  private KeySql() {}

  /**
   * The text of a business key's part, NULL where it is absent or empty.
   *
   * @param row the SQL name of the source row
   */
  static String part(KeyExpression expression, Normalisation normal, String row) {
    String text = text(expression, row);
    String normalised =
        switch (normal) {
          case NONE -> text;
          case TRIM -> trim(text);
          case UPPER -> "upper(" + text + ")";
          case LOWER -> "lower(" + text + ")";
          case UPPER_TRIM -> "upper(" + trim(text) + ")";
          case LOWER_TRIM -> "lower(" + trim(text) + ")";
        };
    return "nullif(" + normalised + ", '')";
  }

  private static String text(KeyExpression expression, String row) {
    if (expression instanceof KeyExpression.Name name) {
      return "CAST(" + row + "." + quoted(name.column()) + " AS VARCHAR)";
    }
    if (expression instanceof KeyExpression.Text constant) {
      return literal(constant.value());
    }
    KeyExpression.Call call = (KeyExpression.Call) expression;
    List<String> arguments = call.arguments().stream().map(a -> text(a, row)).toList();
    return switch (call.function()) {
      case UPPER -> "upper(" + arguments.get(0) + ")";
      case LOWER -> "lower(" + arguments.get(0) + ")";
      case TRIM -> trim(arguments.get(0));
      case LPAD -> lpad(arguments);
      // || is NULL if any part is; DuckDB's concat() would skip the part
      case CONCAT -> arguments.stream().collect(Collectors.joining(" || ", "(", ")"));
      case COALESCE -> "coalesce(" + String.join(", ", arguments) + ")";
      case LITERAL -> arguments.get(0);
    };
  }

  /** Pads without cutting a longer text. */
  private static String lpad(List<String> arguments) {
    String text = arguments.get(0);
    String length = "CAST(" + arguments.get(1) + " AS INTEGER)";
    return String.format(
        "CASE WHEN length(%1$s) >= %2$s THEN %1$s ELSE lpad(%1$s, %2$s, %3$s) END",
        text, length, arguments.get(2));
  }

  private static String trim(String text) {
    return "trim(" + text + ", ' ')";
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
