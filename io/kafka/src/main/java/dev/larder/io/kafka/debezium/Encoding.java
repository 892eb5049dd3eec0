package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.ColumnType;
import java.util.Locale;

/**
 * How a value is written in an event.
 *
 * @param size the scale of UNSCALED and PLAIN, the number of bits of BITS; else 0
 */
record Encoding(Form form, int size) {

  /** Forms of values in JSON. */
  enum Form {
    BOOLEAN,
    INTEGER,
    /** A BIGINT UNSIGNED as a signed number of 64 bits. */
    UNSIGNED_LONG,
    NUMBER,
    TEXT,
    JSON,
    BASE64,
    BASE64_URL,
    HEX,
    /** The unscaled value of a decimal, big-endian, in Base64. */
    UNSCALED,
    /** A decimal as text. */
    PLAIN,
    /** An object with scale and value. */
    VARIABLE_DECIMAL,
    /** A bit field, little-endian, in Base64. */
    BITS,
    /** An object with the well-known binary form of a geometry. */
    GEOMETRY,
    DAYS,
    MILLIS,
    MICROS,
    NANOS,
    ISO,
    /** A number whose unit the catalogue does not tell. */
    UNKNOWN_UNIT,
    /** Text that may be a decimal or the Base64 of a BIGINT UNSIGNED. */
    DECIMAL_OR_BASE64
  }

  private static final int UNKNOWN_DIGITS = -1;
  private static final int MILLISECOND_DIGITS = 3;

  static Encoding of(Form form) {
    return new Encoding(form, 0);
  }

  /**
   * How a connector without schemas writes a column.
   *
   * @param declared MySQL's words for the type, or null
   */
  static Encoding of(ColumnType type, String declared, DebeziumModes modes) {
    String words = declared == null ? "" : declared.toLowerCase(Locale.ROOT).trim();
    return switch (type.kind()) {
      case BOOLEAN -> of(Form.BOOLEAN);
      case INT -> of(Form.INTEGER);
      case FLOAT, DOUBLE -> of(Form.NUMBER);
      case DECIMAL -> decimal(type, words, modes);
      case STRING -> words.startsWith("decimal") ? wideDecimal(words, modes) : of(Form.TEXT);
      case JSON -> of(Form.JSON);
      case BINARY -> binary(words, modes.binaries());
      case DATE -> of(modes.times() == DebeziumModes.Times.ISOSTRING ? Form.ISO : Form.DAYS);
      case TIME -> time(words, modes.times());
      case DATETIME -> dateTime(words, modes.times());
      case TIMESTAMP -> of(Form.ISO);
      case STRUCT, ARRAY, MAP ->
          throw new IllegalArgumentException("a source column is no " + type);
    };
  }

  private static Encoding decimal(ColumnType type, String words, DebeziumModes modes) {
    boolean perhapsUnsigned = type.precision() == 20 && type.scale() == 0;
    if (words.startsWith("bigint")) {
      return modes.unsignedBigints() == DebeziumModes.UnsignedBigints.LONG
          ? of(Form.UNSIGNED_LONG)
          : new Encoding(Form.UNSCALED, 0);
    }
    if (perhapsUnsigned && words.isEmpty()) {
      if (modes.unsignedBigints() == DebeziumModes.UnsignedBigints.LONG) {
        return new Encoding(
            modes.decimals() == DebeziumModes.Decimals.PRECISE ? Form.UNSCALED : Form.PLAIN, 0);
      }
      if (modes.decimals() != DebeziumModes.Decimals.PRECISE) {
        return of(Form.DECIMAL_OR_BASE64);
      }
    }
    return decimal(type.scale(), modes.decimals());
  }

  private static Encoding decimal(int scale, DebeziumModes.Decimals mode) {
    return switch (mode) {
      case STRING -> new Encoding(Form.PLAIN, scale);
      case PRECISE -> new Encoding(Form.UNSCALED, scale);
      case DOUBLE -> of(Form.NUMBER);
    };
  }

  private static Encoding wideDecimal(String words, DebeziumModes modes) {
    return decimal(argument(words, 1, 0), modes.decimals());
  }

  private static Encoding binary(String words, DebeziumModes.Binaries mode) {
    if (words.startsWith("bit")) {
      return new Encoding(Form.BITS, argument(words, 0, 1));
    }
    return binary(mode);
  }

  static Encoding binary(DebeziumModes.Binaries mode) {
    return of(
        switch (mode) {
          case BYTES, BASE64 -> Form.BASE64;
          case BASE64_URL_SAFE -> Form.BASE64_URL;
          case HEX -> Form.HEX;
        });
  }

  private static Encoding time(String words, DebeziumModes.Times mode) {
    return of(
        switch (mode) {
          case ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS -> Form.MICROS;
          case ADAPTIVE -> byDigits(words);
          case CONNECT -> Form.MILLIS;
          case NANOSECONDS -> Form.NANOS;
          case ISOSTRING -> Form.ISO;
        });
  }

  private static Encoding dateTime(String words, DebeziumModes.Times mode) {
    return of(
        switch (mode) {
          case ADAPTIVE_TIME_MICROSECONDS, ADAPTIVE -> byDigits(words);
          case MICROSECONDS -> Form.MICROS;
          case CONNECT -> Form.MILLIS;
          case NANOSECONDS -> Form.NANOS;
          case ISOSTRING -> Form.ISO;
        });
  }

  private static Form byDigits(String words) {
    int digits = words.isEmpty() ? UNKNOWN_DIGITS : argument(words, 0, 0);
    if (digits == UNKNOWN_DIGITS) {
      return Form.UNKNOWN_UNIT;
    }
    return digits <= MILLISECOND_DIGITS ? Form.MILLIS : Form.MICROS;
  }

  /** The n-th number in the parentheses of a declared type. */
  private static int argument(String words, int index, int otherwise) {
    int open = words.indexOf('(');
    int close = words.indexOf(')', open + 1);
    if (open < 0 || close < 0) {
      return otherwise;
    }
    String[] numbers = words.substring(open + 1, close).split(",");
    return index < numbers.length ? Integer.parseInt(numbers[index].trim()) : otherwise;
  }
}
