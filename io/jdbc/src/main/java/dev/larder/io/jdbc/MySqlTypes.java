package dev.larder.io.jdbc;

import dev.larder.io.changes.ColumnType;
import java.util.Locale;

/**
 * Maps MySQL's column types to Larder's.
 *
 * <table>
 * <caption>Types and the canonical values they are read as</caption>
 * <tr><th>MySQL</th><th>Larder</th><th>value</th></tr>
 * <tr><td>TINYINT (also (1)), SMALLINT, MEDIUMINT, INT, signed or not; BIGINT; YEAR</td><td>INT</td><td></td></tr>
 * <tr><td>BIGINT UNSIGNED</td><td>decimal(20,0)</td><td></td></tr>
 * <tr><td>DECIMAL(p,s)</td><td>decimal(p,s); STRING if p is over 38</td><td>scale s; plain text</td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>FLOAT, DOUBLE</td><td>the stored bits, not their rounded display</td></tr>
 * <tr><td>BIT(1)</td><td>BOOLEAN</td><td></td></tr>
 * <tr><td>BIT(n)</td><td>BINARY</td><td>big-endian, ceil(n/8) bytes</td></tr>
 * <tr><td>DATE, TIME, DATETIME, TIMESTAMP</td><td>the same</td><td>zero dates: see {@link RowReader}</td></tr>
 * <tr><td>CHAR, VARCHAR, *TEXT, ENUM, SET</td><td>STRING</td><td>CHAR without its padding, as MySQL returns it</td></tr>
 * <tr><td>BINARY, VARBINARY, *BLOB, VECTOR</td><td>BINARY</td><td>BINARY(n) padded with zeros to n</td></tr>
 * <tr><td>JSON</td><td>JSON</td><td>{@link dev.larder.io.changes.JsonText}</td></tr>
 * <tr><td>GEOMETRY and its kinds</td><td>BINARY</td><td>WKB, without MySQL's four bytes of SRID</td></tr>
 * </table>
 */
public final class MySqlTypes {
  private static final int DEFAULT_DECIMAL_PRECISION = 10;

  private MySqlTypes() {}

  /**
   * The type of a column.
   *
   * @param declared as {@code information_schema.columns.column_type} has it: {@code bigint
   *     unsigned}, {@code decimal(10,2)}, {@code enum('a','b')}; upper or lower case
   * @throws IllegalArgumentException for a type that MySQL 5.7 to 9 and MariaDB do not have
   */
  public static ColumnType columnType(String declared) {
    String text = declared.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    String base = text.substring(0, end);
    return switch (base) {
      case "tinyint", "smallint", "mediumint", "int", "integer", "year", "bool", "boolean" ->
          ColumnType.INT;
      case "bigint" -> text.contains("unsigned") ? ColumnType.decimal(20, 0) : ColumnType.INT;
      case "decimal", "numeric", "dec", "fixed" -> decimal(arguments(text, end));
      case "float" -> ColumnType.FLOAT;
      case "double", "real" -> ColumnType.DOUBLE;
      case "bit" -> bits(arguments(text, end)) == 1 ? ColumnType.BOOLEAN : ColumnType.BINARY;
      case "date" -> ColumnType.DATE;
      case "time" -> ColumnType.TIME;
      case "datetime" -> ColumnType.DATETIME;
      case "timestamp" -> ColumnType.TIMESTAMP;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" ->
          ColumnType.STRING;
      case "nchar", "nvarchar", "inet4", "inet6", "uuid" -> ColumnType.STRING;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" ->
          ColumnType.BINARY;
      case "json" -> ColumnType.JSON;
      case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring" ->
          ColumnType.BINARY;
      case "multipolygon", "geomcollection", "geometrycollection" -> ColumnType.BINARY;
      default -> throw new IllegalArgumentException("unknown column type \"" + declared + "\"");
    };
  }

  private static ColumnType decimal(int[] arguments) {
    int precision = arguments.length > 0 ? arguments[0] : DEFAULT_DECIMAL_PRECISION;
    int scale = arguments.length > 1 ? arguments[1] : 0;
    return precision > ColumnType.MAX_PRECISION
        ? ColumnType.STRING
        : ColumnType.decimal(precision, scale);
  }

  private static int bits(int[] arguments) {
    return arguments.length > 0 ? arguments[0] : 1;
  }

  /** The numbers in the parentheses at {@code from}; none if there are no parentheses. */
  private static int[] arguments(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '(') {
      return new int[0];
    }
    String[] parts = text.substring(from + 1, text.indexOf(')', from)).split(",");
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Integer.parseInt(parts[i].strip());
    }
    return numbers;
  }
}
