package dev.larder.io.jdbc;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How values of a key column are asked for and written into SQL. Literals come from the database
 * and are compared by the database; nothing here orders them.
 */
public enum KeyForm {
  /** Integers of any size, YEAR too. */
  INTEGER,
  /** Numbers with digits after the point. */
  DECIMAL,
  /** FLOAT and DOUBLE, compared as DOUBLE. */
  FLOATING,
  /** BIT: bytes that are compared as a number. */
  BITS,
  DATE,
  /** DATETIME and TIMESTAMP; the session's time zone is UTC. */
  DATETIME,
  TIME,
  /** Characters, in whatever collation. */
  TEXT,
  /** Bytes. */
  BYTES;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Set<String> NOT_ASCII = Set.of("ucs2", "utf16", "utf16le", "utf32");

  /**
   * The form of a type.
   *
   * @param dataType as {@code information_schema.columns.data_type} has it: {@code varchar}
   * @return nothing for types by whose values no table is cut: those that no index holds, and ENUM
   *     and SET, which are stored by their numbers and compared by their texts
   */
  static Optional<KeyForm> of(String dataType) {
    KeyForm form =
        switch (dataType.toLowerCase(Locale.ROOT)) {
          case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> INTEGER;
          case "decimal" -> DECIMAL;
          case "float", "double" -> FLOATING;
          case "bit" -> BITS;
          case "date" -> DATE;
          case "datetime", "timestamp" -> DATETIME;
          case "time" -> TIME;
          case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> TEXT;
          case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> BYTES;
          default -> null;
        };
    return Optional.ofNullable(form);
  }

  /** An expression whose text tells the column's value without loss. */
  String selected(String column) {
    return switch (this) {
      case INTEGER -> column;
      case DECIMAL, DATE, DATETIME, TIME -> "CAST(" + column + " AS CHAR)";
      case FLOATING -> column + " + 0e0";
      case BITS -> column + " + 0";
      case TEXT, BYTES -> "HEX(" + column + ")";
    };
  }

  String literal(String selected, String charset) {
    return switch (this) {
      case INTEGER, DECIMAL, FLOATING, BITS -> selected;
      case DATE, DATETIME, TIME -> "'" + selected + "'";
      case BYTES -> "X'" + selected + "'";
      case TEXT -> text(HEX.parseHex(selected), charset);
    };
  }

  /** Readable where it is plain ASCII, which means the same in every character set. */
  private static String text(byte[] bytes, String charset) {
    boolean isPlain = !NOT_ASCII.contains(charset) && isPlain(bytes);
    return isPlain
        ? "'" + new String(bytes, StandardCharsets.US_ASCII) + "'"
        : "_" + charset + " X'" + HEX.formatHex(bytes) + "'";
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte each : bytes) {
      if (each < ' ' || each > '~' || each == '\'' || each == '\\') {
        return false;
      }
    }
    return true;
  }

  /** See {@link KeyColumn#literalOf}. */
  String literalOf(Object canonical, KeyColumn column) {
    return switch (this) {
      case INTEGER, DECIMAL ->
          canonical instanceof BigDecimal number ? number.toPlainString() : canonical.toString();
      case DATE -> isZeroDate(canonical) ? null : quoted(ColumnType.DATE, canonical);
      case DATETIME -> isZeroDate(canonical) ? null : quoted(ColumnType.DATETIME, canonical);
      case TIME -> quoted(ColumnType.TIME, canonical);
      case BYTES -> "X'" + HEX.formatHex((byte[]) canonical) + "'";
      case TEXT -> text((String) canonical, column);
      case FLOATING, BITS -> null;
    };
  }

  /** Dates with zeros are read as the epoch where the column is NOT NULL. */
  private static boolean isZeroDate(Object canonical) {
    return ((Number) canonical).longValue() == 0;
  }

  private static String quoted(ColumnType type, Object canonical) {
    return "'" + Values.text(type, canonical).replace('T', ' ') + "'";
  }

  private static String text(String value, KeyColumn column) {
    boolean isPlain =
        isPlain(value.getBytes(StandardCharsets.UTF_8)) && !NOT_ASCII.contains(column.charset());
    return isPlain ? "'" + value + "'" : converted(value, column);
  }

  /** The session speaks utf8mb4; the server turns the text into what the column holds. */
  static String converted(String value, KeyColumn column) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return "CONVERT(_utf8mb4 X'"
        + HEX.formatHex(bytes)
        + "' USING "
        + column.charset()
        + ") COLLATE "
        + column.collation();
  }
}
