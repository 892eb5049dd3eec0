package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.KeyDateFormat;
import dev.larder.transforms.model.KeyExpression;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Business keys in DuckDB's SQL: what {@link KeyExpression} and {@link Normalisation} mean.
 *
 * <p><b>Limit</b>: DuckDB maps case letter by letter. Of the letters that become several, only ß is
 * looked after; keys with ligatures, or with a final sigma put into lower case, show as differences
 * that are none.
 */
final class KeySql {
  private static final String MOMENT = "'%Y-%m-%dT%H:%M:%S.%f";

  private KeySql() {}

  /**
   * The text of a business key's part, NULL where it is absent or empty.
   *
   * @param row the SQL name of the source row
   * @param columns of the source row
   */
  static String part(
      KeyExpression expression, Normalisation normal, String row, RowSchema columns) {
    String text = text(expression, row, columns);
    String normalised =
        switch (normal) {
          case NONE -> text;
          case TRIM -> trim(text);
          case UPPER -> upper(text);
          case LOWER -> "lower(" + text + ")";
          case UPPER_TRIM -> upper(trim(text));
          case LOWER_TRIM -> "lower(" + trim(text) + ")";
        };
    return "nullif(" + normalised + ", '')";
  }

  private static String text(KeyExpression expression, String row, RowSchema columns) {
    if (expression instanceof KeyExpression.Name name) {
      Kind kind = columns.column(columns.position(name.column())).type().kind();
      return text(kind, row + "." + quoted(name.column()));
    }
    if (expression instanceof KeyExpression.Text constant) {
      return literal(constant.value());
    }
    if (expression instanceof KeyExpression.Cast cast) {
      return cast(cast, text(cast.argument(), row, columns), columns);
    }
    KeyExpression.Call call = (KeyExpression.Call) expression;
    List<String> arguments = call.arguments().stream().map(a -> text(a, row, columns)).toList();
    return switch (call.function()) {
      case UPPER -> upper(arguments.get(0));
      case LOWER -> "lower(" + arguments.get(0) + ")";
      case TRIM -> trim(arguments.get(0));
      case LPAD -> pad("lpad", arguments);
      case RPAD -> pad("rpad", arguments);
      case SUBSTRING -> substring(arguments);
      case REPLACE -> "replace(" + String.join(", ", arguments) + ")";
      case NULLIF -> "nullif(" + String.join(", ", arguments) + ")";
      // || is NULL if any part is; DuckDB's concat() would skip the part
      case CONCAT -> arguments.stream().collect(Collectors.joining(" || ", "(", ")"));
      case COALESCE -> "coalesce(" + String.join(", ", arguments) + ")";
      case LITERAL -> arguments.get(0);
    };
  }

  /** What {@link dev.larder.io.changes.Values#text} makes of a value. */
  private static String text(Kind kind, String value) {
    return switch (kind) {
      case BINARY -> "lower(hex(" + value + "))";
      case DATETIME -> "strftime(" + value + ", " + MOMENT + "')";
      case TIMESTAMP -> "strftime(" + value + ", " + MOMENT + "Z')";
      case TIME -> time(value);
      default -> "CAST(" + value + " AS VARCHAR)";
    };
  }

  private static String time(String micros) {
    return String.format(
        "CASE WHEN %1$s < 0 THEN '-' ELSE '' END || format('{:02d}:{:02d}:{:02d}.{:06d}',"
            + " abs(%1$s) // 3600000000, abs(%1$s) // 60000000 %% 60,"
            + " abs(%1$s) // 1000000 %% 60, abs(%1$s) %% 1000000)",
        micros);
  }

  static String upper(String text) {
    return "upper(replace(" + text + ", 'ß', 'SS'))";
  }

  /** Pads without cutting a longer text. */
  private static String pad(String function, List<String> arguments) {
    String text = arguments.get(0);
    String length = "CAST(" + arguments.get(1) + " AS INTEGER)";
    return String.format(
        "CASE WHEN length(%1$s) >= %2$s THEN %1$s ELSE %4$s(%1$s, %2$s, %3$s) END",
        text, length, arguments.get(2), function);
  }

  private static String substring(List<String> arguments) {
    return arguments.stream()
        .skip(1)
        .map(number -> ", CAST(" + number + " AS INTEGER)")
        .collect(Collectors.joining("", "substring(" + arguments.get(0), ")"));
  }

  private static String cast(KeyExpression.Cast cast, String text, RowSchema columns) {
    return switch (cast.target()) {
      case TEXT -> cast.format() == null ? text : formatted(cast.format(), text);
      case INT ->
          String.format(
              "CASE WHEN regexp_full_match(%1$s, '[+-]?[0-9]+([.]0*)?') THEN CASE WHEN"
                  + " regexp_matches(%1$s, '^-0*[1-9]') THEN '-' ELSE '' END ||"
                  + " regexp_extract(%1$s, '^[+-]?0*([0-9]+)', 1) END",
              trim(text));
      case DATE ->
          cast.argument().type(columns).kind() == Kind.STRING
              ? day(cast.format(), text)
              : "substring(" + text + ", 1, 10)";
    };
  }

  /** Parts of the canonical text of a date or time. */
  private static String formatted(KeyDateFormat format, String text) {
    return format.parts().stream()
        .map(
            part ->
                part.element() == null
                    ? literal(part.between())
                    : String.format(
                        "coalesce(nullif(substring(%s, %d, %d), ''), CASE WHEN %s IS NOT NULL THEN"
                            + " '00' END)",
                        text, part.element().at() + 1, part.element().digits(), text))
        .collect(Collectors.joining(" || ", "(", ")"));
  }

  /**
   * The ISO text of a day; DuckDB's own parser takes digits that are missing, so these are checked.
   */
  private static String day(KeyDateFormat format, String text) {
    KeyDateFormat read = format == null ? KeyDateFormat.ISO : format;
    String digits =
        read.parts().stream()
            .map(
                part ->
                    part.element() == null
                        ? "\\x{" + Integer.toHexString(part.between().charAt(0)) + "}"
                        : "[0-9]{" + part.element().digits() + "}")
            .collect(Collectors.joining());
    String pattern =
        read.parts().stream()
            .map(part -> part.element() == null ? part.between() : strptime(part.element()))
            .collect(Collectors.joining());
    return String.format(
        "CASE WHEN regexp_full_match(%1$s, %2$s) THEN strftime(try_strptime(%1$s, %3$s),"
            + " '%%Y-%%m-%%d') END",
        text, literal(digits), literal(pattern));
  }

  private static String strptime(KeyDateFormat.Element element) {
    return switch (element) {
      case YYYY -> "%Y";
      case MM -> "%m";
      case DD -> "%d";
      case HH24 -> "%H";
      case MI -> "%M";
      case SS -> "%S";
    };
  }

  static String trim(String text) {
    return "trim(" + text + ", ' ')";
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
