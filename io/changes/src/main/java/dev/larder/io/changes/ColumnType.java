package dev.larder.io.changes;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The logical type of a column: a {@link Kind}, with precision and scale for decimals and the
 * fields of a struct.
 *
 * @param precision decimal digits, 1 to 38; 0 for other kinds. MySQL declares up to 65 digits: a
 *     connector maps a wider decimal to STRING.
 * @param scale digits after the point; 0 for other kinds
 * @param fields the fields of a STRUCT; null for other kinds
 */
public record ColumnType(Kind kind, int precision, int scale, RowSchema fields)
    implements Serializable {

  /** The widest decimal that Delta can hold. */
  public static final int MAX_PRECISION = 38;

  public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 0, 0, null);
  public static final ColumnType INT = new ColumnType(Kind.INT, 0, 0, null);
  public static final ColumnType FLOAT = new ColumnType(Kind.FLOAT, 0, 0, null);
  public static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, 0, 0, null);
  public static final ColumnType STRING = new ColumnType(Kind.STRING, 0, 0, null);
  public static final ColumnType JSON = new ColumnType(Kind.JSON, 0, 0, null);
  public static final ColumnType BINARY = new ColumnType(Kind.BINARY, 0, 0, null);
  public static final ColumnType DATE = new ColumnType(Kind.DATE, 0, 0, null);
  public static final ColumnType TIME = new ColumnType(Kind.TIME, 0, 0, null);
  public static final ColumnType DATETIME = new ColumnType(Kind.DATETIME, 0, 0, null);
  public static final ColumnType TIMESTAMP = new ColumnType(Kind.TIMESTAMP, 0, 0, null);

  private static final Pattern DECIMAL_TEXT = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

  public ColumnType {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.DECIMAL
        && (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          "decimal(" + precision + "," + scale + ") is out of range");
    }
    if ((kind == Kind.STRUCT) != (fields != null)) {
      throw new IllegalArgumentException("a struct, and only a struct, has fields");
    }
  }

  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale, null);
  }

  public static ColumnType struct(RowSchema fields) {
    return new ColumnType(Kind.STRUCT, 0, 0, fields);
  }

  /**
   * The inverse of {@link #toString} for every kind but STRUCT.
   *
   * @throws IllegalArgumentException if the text names no type
   */
  public static ColumnType parse(String text) {
    Matcher decimal = DECIMAL_TEXT.matcher(text);
    if (decimal.matches()) {
      return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return new ColumnType(Kind.valueOf(text.toUpperCase(Locale.ROOT)), 0, 0, null);
  }

  /** {@code int}, {@code decimal(10,2)}, {@code struct<a int, b string>}. */
  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
      case STRUCT -> "struct<" + fields + ">";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
