package dev.larder.testdata.binlog;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A column of a source table, and how its values are told as text: integers and decimals in plain
 * digits, a double as the shortest decimal that reads back equal without zeros at its end, {@code
 * 2026-03-31} for a DATE, {@code 2026-03-31T02:30:00.000000} for a DATETIME, the same with {@code
 * Z} for a TIMESTAMP (UTC), an ENUM by its label, binary as lower hex, NULL as null.
 *
 * @param type {@code DATA_TYPE} of the information schema: {@code bigint}
 * @param declared {@code COLUMN_TYPE}: {@code bigint unsigned}
 */
public record SourceColumn(String name, String type, String declared) {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant GREGORIAN = Instant.parse("1582-10-15T00:00:00Z");
  private static final String ZERO_MICROS = ".000000";
  private static final int DATE_LENGTH = 10;

  /** A value as a statement in the text protocol gives it. */
  String ofStatement(String value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case "double" -> plain(Double.parseDouble(value));
      case "datetime" -> moment(value);
      case "timestamp" -> moment(value) + "Z";
      default -> value;
    };
  }

  /** What a statement selects of the column so that {@link #ofStatement} understands it. */
  String selected() {
    String quoted = "`" + name + "`";
    return switch (type) {
      case "varbinary", "binary", "blob" -> "LOWER(HEX(" + quoted + "))";
      default -> "CAST(" + quoted + " AS CHAR)";
    };
  }

  private static String moment(String value) {
    String text = value.replace(' ', 'T');
    return text.indexOf('.') < 0
        ? text + ZERO_MICROS
        : (text + ZERO_MICROS.substring(1))
            .substring(0, DATE_LENGTH + 1 + "HH:mm:ss.SSSSSS".length());
  }

  /** A value as the log's reader gives it: text as bytes, times as microseconds. */
  String ofLog(Serializable value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> integer((Number) value);
      case "decimal" -> ((BigDecimal) value).toPlainString();
      case "double" -> plain((Double) value);
      case "char", "varchar", "text", "longtext" ->
          new String((byte[]) value, StandardCharsets.UTF_8);
      case "varbinary", "binary", "blob" -> HexFormat.of().formatHex((byte[]) value);
      case "date" -> MICROS.format(asWritten(instant(value))).substring(0, DATE_LENGTH);
      case "datetime" -> MICROS.format(asWritten(instant(value)));
      case "timestamp" -> MICROS.format(instant(value)) + "Z";
      case "enum" -> labels().get(((Number) value).intValue() - 1);
      default -> throw new IllegalStateException("the oracle does not know the type " + declared);
    };
  }

  private static Instant instant(Serializable micros) {
    return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
  }

  /** The log's reader counts days before 1582-10-15 by the Julian calendar, MySQL never does. */
  private static Instant asWritten(Instant told) {
    if (told.isAfter(GREGORIAN)) {
      return told;
    }
    GregorianCalendar julian = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    julian.setTimeInMillis(told.toEpochMilli());
    return LocalDate.of(
            julian.get(Calendar.YEAR), julian.get(Calendar.MONTH) + 1, julian.get(Calendar.DATE))
        .atTime(told.atOffset(ZoneOffset.UTC).toLocalTime())
        .toInstant(ZoneOffset.UTC);
  }

  private String integer(Number value) {
    long number = value.longValue();
    if (number >= 0 || !declared.endsWith("unsigned")) {
      return Long.toString(number);
    }
    int bits =
        switch (type) {
          case "tinyint" -> 8;
          case "smallint" -> 16;
          case "mediumint" -> 24;
          case "int" -> 32;
          default -> 64;
        };
    return BigInteger.valueOf(number).add(BigInteger.ONE.shiftLeft(bits)).toString();
  }

  /** Not the same for 0.0 and -0.0 in Java, but so in MySQL. */
  private static String plain(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private List<String> labels() {
    String list = declared.substring("enum('".length(), declared.length() - "')".length());
    return List.of(list.split("','"));
  }
}
