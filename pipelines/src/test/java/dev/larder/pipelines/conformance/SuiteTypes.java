package dev.larder.pipelines.conformance;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Snowflake's types, and values written in them, as Larder's. Timestamps of every flavour are
 * DATETIME: the suite knows no time zone.
 */
final class SuiteTypes {
  private static final Pattern TYPE = Pattern.compile("([A-Z_ ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)\\s*"
              + "(Z|[+-]\\d\\d:\\d\\d)?)?");

  private SuiteTypes() {}

  /**
   * @param text {@code NUMBER(38,2)}, {@code VARCHAR}; null counts as VARCHAR
   * @throws CaseException if it is none that the translation knows
   */
  static ColumnType type(String text) {
    if (text == null) {
      return ColumnType.STRING;
    }
    Matcher type = TYPE.matcher(text.toUpperCase(Locale.ROOT).replace(", ", ","));
    if (!type.matches()) {
      throw new CaseException("unknown type " + text);
    }
    return switch (type.group(1)) {
      case "VARCHAR", "TEXT", "STRING", "CHAR", "CHARACTER" -> ColumnType.STRING;
      case "NUMBER", "NUMERIC", "DECIMAL" ->
          ColumnType.decimal(digits(type, 2, 38), digits(type, 3, 0));
      case "INT", "INTEGER", "BIGINT", "SMALLINT" -> ColumnType.decimal(38, 0);
      case "FLOAT", "DOUBLE", "REAL" -> ColumnType.DOUBLE;
      case "BINARY", "VARBINARY" -> ColumnType.BINARY;
      case "BOOLEAN" -> ColumnType.BOOLEAN;
      case "DATE" -> ColumnType.DATE;
      case "DATETIME", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_TZ", "TIMESTAMP_LTZ" ->
          ColumnType.DATETIME;
      default -> throw new CaseException("unknown type " + text);
    };
  }

  private static int digits(Matcher type, int group, int otherwise) {
    return type.group(group) == null ? otherwise : Integer.parseInt(type.group(group));
  }

  /**
   * The canonical value of a cell.
   *
   * @throws CaseException if the text is no value of the type
   */
  static Object value(ColumnType type, String text) {
    if (text == null) {
      return null;
    }
    try {
      return switch (type.kind()) {
        case STRING, JSON -> text;
        case DECIMAL -> new BigDecimal(text.trim()).setScale(type.scale(), RoundingMode.HALF_UP);
        case INT -> Long.valueOf(text.trim());
        case DOUBLE -> Double.valueOf(text.trim());
        case FLOAT -> Float.valueOf(text.trim());
        case BINARY -> HexFormat.of().parseHex(text.trim());
        case BOOLEAN -> isTrue(text.trim());
        case DATE -> (int) moment(text).toLocalDate().toEpochDay();
        case DATETIME, TIMESTAMP -> Values.micros(moment(text).toInstant(ZoneOffset.UTC));
        default -> throw new CaseException("no values of " + type);
      };
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new CaseException("\"" + text + "\" is no " + type);
    }
  }

  private static Boolean isTrue(String text) {
    return text.equals("1") || Boolean.parseBoolean(text.toLowerCase(Locale.ROOT));
  }

  private static LocalDateTime moment(String text) {
    Matcher parts = TIME_OF_DAY.matcher(text.trim());
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    LocalDateTime local =
        LocalDate.parse(parts.group(1))
            .atTime(parts.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(2)));
    return parts.group(3) == null
        ? local
        : OffsetDateTime.of(local, ZoneOffset.of(parts.group(3)))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();
  }

  /** A value as a cell would write it; null stays null. */
  static String text(ColumnType type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case DATETIME, TIMESTAMP -> Values.text(ColumnType.DATETIME, value).replace('T', ' ');
      case BINARY -> Values.text(type, value).toUpperCase(Locale.ROOT);
      default -> Values.text(type, value);
    };
  }

  /** A value as another type has it: what an INSERT into a column of that type does. */
  static Object cast(ColumnType from, Object value, ColumnType to) {
    return from.equals(to) ? value : value(to, text(from, value));
  }

  /** Whether values of the type are points in time. */
  static boolean isTemporal(ColumnType type) {
    return type.kind() == Kind.DATE || type.kind() == Kind.DATETIME;
  }
}
