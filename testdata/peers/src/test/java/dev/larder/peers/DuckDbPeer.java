package dev.larder.peers;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBStruct;

/** DuckDB, which is given a table's live Parquet files. */
final class DuckDbPeer {
  private DuckDbPeer() {}

  /** The rows of files as canonical values in the given columns. */
  static List<Object[]> rows(List<String> files, RowSchema schema) {
    String list = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(","));
    String columns =
        schema.names().stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      ResultSet result =
          statement.executeQuery(
              "SELECT " + columns + " FROM read_parquet([" + list + "], union_by_name = true)");
      List<Object[]> rows = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[schema.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = canonical(schema.column(i).type(), result.getObject(i + 1));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot read " + files, e);
    }
  }

  private static Object canonical(ColumnType type, Object value) throws SQLException {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN, FLOAT, DOUBLE, STRING, JSON -> value;
      case DECIMAL -> ((BigDecimal) value).setScale(type.scale());
      case INT, TIME -> ((Number) value).longValue();
      case BINARY -> bytes((java.sql.Blob) value);
      case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
      case DATETIME, TIMESTAMP -> micros(value);
      case STRUCT -> struct(type.fields(), (DuckDBStruct) value);
      case ARRAY -> array(type.element().type(), (java.sql.Array) value);
      case MAP -> map(type, (java.util.Map<?, ?>) value);
    };
  }

  private static Object[] array(ColumnType element, java.sql.Array value) throws SQLException {
    Object[] values = ((Object[]) value.getArray()).clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = canonical(element, values[i]);
    }
    return values;
  }

  private static Object[] map(ColumnType type, java.util.Map<?, ?> value) throws SQLException {
    List<Object> entries = new ArrayList<>();
    for (java.util.Map.Entry<?, ?> entry : value.entrySet()) {
      entries.add(
          new Object[] {
            canonical(type.key().type(), entry.getKey()),
            canonical(type.value().type(), entry.getValue())
          });
    }
    return entries.toArray();
  }

  private static byte[] bytes(java.sql.Blob blob) throws SQLException {
    return blob.getBytes(1, Math.toIntExact(blob.length()));
  }

  private static long micros(Object value) {
    Instant instant =
        value instanceof java.time.OffsetDateTime zoned
            ? zoned.toInstant()
            : ((java.sql.Timestamp) value).toInstant();
    return Values.micros(instant);
  }

  private static Object[] struct(RowSchema fields, DuckDBStruct value) throws SQLException {
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = canonical(fields.column(i).type(), value.getMap().get(fields.column(i).name()));
    }
    return values;
  }
}
