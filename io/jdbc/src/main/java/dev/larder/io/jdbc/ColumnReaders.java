package dev.larder.io.jdbc;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The ways to read a column, one for each kind and, where it matters, type of the database. */
final class ColumnReaders {
  private static final int SRID_BYTES = 4;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Set<String> GEOMETRIES =
      Set.of(
          "GEOMETRY",
          "POINT",
          "LINESTRING",
          "POLYGON",
          "MULTIPOINT",
          "MULTILINESTRING",
          "MULTIPOLYGON",
          "GEOMETRYCOLLECTION",
          "GEOMCOLLECTION");

  /** How a driver gives dates and times as they are stored. */
  enum Times {
    /** Into the fields of a {@link WallClock}. */
    FIELDS,
    /** As text. */
    TEXT
  }

  private ColumnReaders() {}

  /**
   * @param typeName the driver's name of the column's type in the result
   * @param times how the driver gives dates and times as they are stored
   */
  static ColumnReader of(Column column, String typeName, Times times) {
    boolean isText = times == Times.TEXT;
    String type = typeName.toUpperCase(Locale.ROOT);
    return switch (column.type().kind()) {
      case BOOLEAN -> column.nullable() ? ColumnReaders::optionalBoolean : ResultSet::getBoolean;
      case INT -> column.nullable() ? ColumnReaders::optionalLong : ResultSet::getLong;
      case FLOAT -> column.nullable() ? ColumnReaders::optionalFloat : ResultSet::getFloat;
      case DOUBLE -> column.nullable() ? ColumnReaders::optionalDouble : ResultSet::getDouble;
      case DECIMAL ->
          type.startsWith("BIGINT") ? new UnsignedLong() : decimal(column.type().scale());
      case STRING -> wideDecimal(type) ? ColumnReaders::plain : ResultSet::getString;
      case JSON -> ColumnReaders::json;
      case BINARY -> GEOMETRIES.contains(type) ? ColumnReaders::wkb : ResultSet::getBytes;
      case DATE -> date(column.nullable() ? null : 0, times);
      case DATETIME, TIMESTAMP -> dateTime(column.nullable() ? null : 0L, times);
      case TIME -> isText ? TextTimes.time(column.name()) : ColumnReaders::time;
      case STRUCT, ARRAY, MAP ->
          throw new IllegalArgumentException(
              column.name() + ": MySQL has no columns of " + column.type());
    };
  }

  private static ColumnReader date(Integer zeroDate, Times times) {
    return times == Times.TEXT ? TextTimes.date(zeroDate) : new DateReader(zeroDate);
  }

  private static ColumnReader dateTime(Long zeroDate, Times times) {
    return times == Times.TEXT ? TextTimes.dateTime(zeroDate) : new DateTimeReader(zeroDate);
  }

  private static Object optionalBoolean(ResultSet rows, int column) throws SQLException {
    boolean value = rows.getBoolean(column);
    return rows.wasNull() ? null : value;
  }

  private static Object optionalLong(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  private static Object optionalFloat(ResultSet rows, int column) throws SQLException {
    float value = rows.getFloat(column);
    return rows.wasNull() ? null : value;
  }

  private static Object optionalDouble(ResultSet rows, int column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? null : value;
  }

  private static ColumnReader decimal(int scale) {
    return (rows, column) -> {
      BigDecimal value = rows.getBigDecimal(column);
      // The server writes all digits of the scale; where a driver does not, none may be lost.
      return value == null || value.scale() == scale
          ? value
          : value.setScale(scale, RoundingMode.UNNECESSARY);
    };
  }

  /** DECIMAL of more digits than a decimal of the lake can have. */
  private static boolean wideDecimal(String type) {
    return type.startsWith("DECIMAL") || type.startsWith("OLDDECIMAL");
  }

  private static Object plain(ResultSet rows, int column) throws SQLException {
    BigDecimal value = rows.getBigDecimal(column);
    return value == null ? null : value.toPlainString();
  }

  private static Object json(ResultSet rows, int column) throws SQLException {
    String value = rows.getString(column);
    return value == null ? null : JsonText.canonical(value);
  }

  private static Object wkb(ResultSet rows, int column) throws SQLException {
    byte[] value = rows.getBytes(column);
    return value == null ? null : Arrays.copyOfRange(value, SRID_BYTES, value.length);
  }

  private static Object time(ResultSet rows, int column) throws SQLException {
    Duration value = rows.getObject(column, Duration.class);
    return value == null
        ? null
        : Math.addExact(
            Math.multiplyExact(value.getSeconds(), MICROS_PER_SECOND), value.getNano() / 1000);
  }

  /** BIGINT UNSIGNED: most values fit a long, which is much cheaper than a BigInteger. */
  private static final class UnsignedLong implements ColumnReader {
    private boolean seenLarge;

    @Override
    public Object read(ResultSet rows, int column) throws SQLException {
      if (!seenLarge) {
        try {
          long value = rows.getLong(column);
          return rows.wasNull() ? null : BigDecimal.valueOf(value);
        } catch (SQLDataException e) {
          seenLarge = true;
        }
      }
      return rows.getBigDecimal(column);
    }
  }

  private static final class DateReader implements ColumnReader {
    private final WallClock clock = new WallClock();
    private final Integer zeroDate;

    DateReader(Integer zeroDate) {
      this.zeroDate = zeroDate;
    }

    @Override
    public Object read(ResultSet rows, int column) throws SQLException {
      // The cast keeps an absent zeroDate from being unboxed.
      return rows.getDate(column, clock) != null && clock.isDate()
          ? (Object) clock.epochDay()
          : zeroDate;
    }
  }

  private static final class DateTimeReader implements ColumnReader {
    private final WallClock clock = new WallClock();
    private final Long zeroDate;

    DateTimeReader(Long zeroDate) {
      this.zeroDate = zeroDate;
    }

    @Override
    public Object read(ResultSet rows, int column) throws SQLException {
      Timestamp value = rows.getTimestamp(column, clock);
      return value != null && clock.isDate() ? (Object) clock.epochMicros(value) : zeroDate;
    }
  }
}
