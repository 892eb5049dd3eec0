package dev.larder.pipelines.mart;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Canonical types and values in DuckDB's SQL and out of its results. */
final class DuckDbTypes {
  private static final int HUGEINT_DIGITS = 38;

  private DuckDbTypes() {}

  /** How a column of a data file is declared. */
  static String fileType(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      // also for narrower columns of other engines: DuckDB brings both sides to the wider one
      case INT, TIME -> "BIGINT";
      case DECIMAL -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case STRING, JSON -> "VARCHAR";
      case BINARY -> "BLOB";
      case DATE -> "DATE";
      case DATETIME, TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      case STRUCT ->
          type.fields().columns().stream()
              .map(field -> DuckDb.quoted(field.name()) + " " + fileType(field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
      case ARRAY -> fileType(type.element().type()) + "[]";
      case MAP -> "MAP(" + fileType(type.key().type()) + ", " + fileType(type.value().type()) + ")";
    };
  }

  /**
   * The columns of a result.
   *
   * @throws SQLException if one is of a type that a mart cannot hold
   */
  static RowSchema schema(ResultSetMetaData meta) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(Column.nullable(meta.getColumnLabel(i), type(meta, i)));
    }
    return RowSchema.of(columns);
  }

  private static ColumnType type(ResultSetMetaData meta, int i) throws SQLException {
    return switch (meta.getColumnType(i)) {
      case Types.BOOLEAN -> ColumnType.BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ColumnType.INT;
      case Types.DECIMAL -> ColumnType.decimal(meta.getPrecision(i), meta.getScale(i));
      case Types.FLOAT, Types.REAL -> ColumnType.FLOAT;
      case Types.DOUBLE -> ColumnType.DOUBLE;
      case Types.VARCHAR -> ColumnType.STRING;
      case Types.BLOB -> ColumnType.BINARY;
      case Types.DATE -> ColumnType.DATE;
      case Types.TIMESTAMP -> ColumnType.DATETIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnType.TIMESTAMP;
      default -> {
        if (meta.getColumnTypeName(i).equals("HUGEINT")) {
          yield ColumnType.decimal(HUGEINT_DIGITS, 0);
        }
        throw new SQLException(
            "column "
                + meta.getColumnLabel(i)
                + " is of type "
                + meta.getColumnTypeName(i)
                + ", which a mart cannot hold; cast it in the SQL");
      }
    };
  }

  /** The canonical value of one that the driver gave; null stays null. */
  static Object canonical(ColumnType type, Object value) throws SQLException {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case INT -> ((Number) value).longValue();
      case DECIMAL ->
          value instanceof BigInteger whole
              ? new BigDecimal(whole)
              : ((BigDecimal) value).setScale(type.scale());
      case DATE -> (int) ((LocalDate) value).toEpochDay();
      case DATETIME, TIMESTAMP -> Values.micros(instant(value));
      case BINARY -> ((Blob) value).getBytes(1, (int) ((Blob) value).length());
      default -> value;
    };
  }

  private static Instant instant(Object value) {
    if (value instanceof OffsetDateTime zoned) {
      return zoned.toInstant();
    }
    return value instanceof java.sql.Timestamp stamp
        ? stamp.toLocalDateTime().toInstant(ZoneOffset.UTC)
        : ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
  }
}
