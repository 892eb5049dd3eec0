package dev.larder.io.changes;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The logical type of a column: a {@link Kind}, with precision and scale for decimals and the types
 * that a struct, an array or a map holds.
 *
 * @param precision decimal digits, 1 to 38, of a DECIMAL; bits of an INT that is stored narrower
 *     than 64 (8, 16 or 32), else 0; 0 for other kinds. MySQL declares up to 65 digits: a connector
 *     maps a wider decimal to STRING.
 * @param scale digits after the point; 0 for other kinds
 * @param fields the fields of a STRUCT; the one column {@code element} of an ARRAY; the columns
 *     {@code key} (required) and {@code value} of a MAP; null for other kinds
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

  private static final List<String> ELEMENT = List.of("element");
  private static final List<String> ENTRY = List.of("key", "value");
  private static final String NOT_NULL = " not null";
  private static final Pattern DECIMAL_TEXT = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
  private static final Pattern INT_TEXT = Pattern.compile("int\\((\\d+)\\)");

  public ColumnType {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.DECIMAL
        && (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          "decimal(" + precision + "," + scale + ") is out of range");
    }
    if (kind == Kind.INT && !List.of(0, 8, 16, 32).contains(precision)) {
      throw new IllegalArgumentException("int(" + precision + ") has no 8, 16 or 32 bits");
    }
    boolean nested = kind == Kind.STRUCT || kind == Kind.ARRAY || kind == Kind.MAP;
    if (nested != (fields != null)) {
      throw new IllegalArgumentException("a struct, array or map, and no other kind, has fields");
    }
    if (kind == Kind.ARRAY && !fields.names().equals(ELEMENT)) {
      throw new IllegalArgumentException("an array has one element, not " + fields);
    }
    if (kind == Kind.MAP && (!fields.names().equals(ENTRY) || fields.column(0).nullable())) {
      throw new IllegalArgumentException("a map has a key not null and a value, not " + fields);
    }
  }

  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale, null);
  }

  /**
   * INT, stored in fewer bits: values beyond them are refused when they are written. Canonical
   * values are {@link Long} all the same.
   *
   * @param bits 8, 16, 32 or 64
   */
  public static ColumnType integer(int bits) {
    return bits == Long.SIZE ? INT : new ColumnType(Kind.INT, bits, 0, null);
  }

  public static ColumnType struct(RowSchema fields) {
    return new ColumnType(Kind.STRUCT, 0, 0, fields);
  }

  /** An array whose elements may be absent. */
  public static ColumnType array(ColumnType element) {
    return array(Column.nullable("element", element));
  }

  /**
   * @param element named {@code element}; says whether elements may be absent
   */
  public static ColumnType array(Column element) {
    return new ColumnType(Kind.ARRAY, 0, 0, RowSchema.of(element));
  }

  /** A map whose values may be absent. */
  public static ColumnType map(ColumnType key, ColumnType value) {
    return map(key, Column.nullable("value", value));
  }

  /**
   * @param value named {@code value}; says whether values may be absent
   */
  public static ColumnType map(ColumnType key, Column value) {
    return new ColumnType(Kind.MAP, 0, 0, RowSchema.of(Column.required("key", key), value));
  }

  /** What an ARRAY holds. */
  public Column element() {
    return nested(Kind.ARRAY, 0);
  }

  /** The keys of a MAP. */
  public Column key() {
    return nested(Kind.MAP, 0);
  }

  /** The values of a MAP. */
  public Column value() {
    return nested(Kind.MAP, 1);
  }

  private Column nested(Kind wanted, int position) {
    if (kind != wanted) {
      throw new IllegalStateException(this + " is no " + wanted);
    }
    return fields.column(position);
  }

  /** The bits in which an INT is stored: 8, 16, 32 or 64. */
  public int bits() {
    return precision == 0 ? Long.SIZE : precision;
  }

  /**
   * The inverse of {@link #toString} for every type without a STRUCT.
   *
   * @throws IllegalArgumentException if the text names no type
   */
  public static ColumnType parse(String text) {
    Matcher decimal = DECIMAL_TEXT.matcher(text);
    if (decimal.matches()) {
      return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher integer = INT_TEXT.matcher(text);
    if (integer.matches()) {
      return integer(Integer.parseInt(integer.group(1)));
    }
    if (text.startsWith("array<") && text.endsWith(">")) {
      return array(nested("element", text.substring("array<".length(), text.length() - 1)));
    }
    if (text.startsWith("map<") && text.endsWith(">")) {
      String inner = text.substring("map<".length(), text.length() - 1);
      int comma = commaOutside(inner);
      return map(parse(inner.substring(0, comma)), nested("value", inner.substring(comma + 2)));
    }
    return new ColumnType(Kind.valueOf(text.toUpperCase(Locale.ROOT)), 0, 0, null);
  }

  private static Column nested(String name, String text) {
    return text.endsWith(NOT_NULL)
        ? Column.required(name, parse(text.substring(0, text.length() - NOT_NULL.length())))
        : Column.nullable(name, parse(text));
  }

  /** The place of the first {@code ", "} that stands in no inner type. */
  private static int commaOutside(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<') {
        depth++;
      } else if (c == '>') {
        depth--;
      } else if (depth == 0 && text.startsWith(", ", i)) {
        return i;
      }
    }
    throw new IllegalArgumentException("map<" + text + "> has no key and value");
  }

  /**
   * {@code int}, {@code decimal(10,2)}, {@code struct<a int, b string>}, {@code array<int not
   * null>}, {@code map<string, int>}.
   */
  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
      case INT -> precision == 0 ? "int" : "int(" + precision + ")";
      case STRUCT -> "struct<" + fields + ">";
      case ARRAY -> "array<" + unnamed(element()) + ">";
      case MAP -> "map<" + key().type() + ", " + unnamed(value()) + ">";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String unnamed(Column column) {
    return column.type() + (column.nullable() ? "" : NOT_NULL);
  }
}
