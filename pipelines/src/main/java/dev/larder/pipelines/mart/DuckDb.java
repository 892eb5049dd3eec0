package dev.larder.pipelines.mart;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A DuckDB in this process with views of Delta tables' live files.
 *
 * <p><b>Time</b>: the session's zone is UTC. A TIMESTAMP column is {@code TIMESTAMP WITH TIME ZONE}
 * in SQL, a DATETIME column {@code TIMESTAMP}.
 */
public final class DuckDb implements AutoCloseable {
  private static final int HUGEINT_DIGITS = 38;

  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  /** A database of its own, in memory; large intermediate results spill to the system's temp. */
  public static DuckDb open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    DuckDb db = new DuckDb(DriverManager.getConnection("jdbc:duckdb:", properties));
    db.execute("SET TimeZone = 'UTC'");
    return db;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * A view of Parquet files. Columns that older files lack are null; without files the view is
   * empty.
   *
   * @param files absolute paths
   */
  public void view(String name, RowSchema schema, List<String> files) throws SQLException {
    partitionedView(name, schema, List.of(new Part(Map.of(), files)));
  }

  /**
   * Files that share values of columns that they do not hold.
   *
   * @param values canonical, by column
   * @param files absolute paths
   */
  public record Part(Map<String, Object> values, List<String> files) {}

  /** The same of files with values that they do not hold: a filter by them opens no file. */
  public void partitionedView(String name, RowSchema schema, Collection<Part> parts)
      throws SQLException {
    String empty =
        schema.columns().stream()
            .map(column -> "NULL::" + fileType(column.type()) + " AS " + quoted(column.name()))
            .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    StringBuilder rows = new StringBuilder(empty);
    parts.stream()
        .filter(part -> !part.files().isEmpty())
        .forEach(part -> rows.append(" UNION ALL BY NAME ").append(select(schema, part)));
    String columns =
        schema.columns().stream().map(DuckDb::projection).collect(Collectors.joining(", "));
    execute("CREATE VIEW " + quoted(name) + " AS SELECT " + columns + " FROM (" + rows + ")");
  }

  private static String select(RowSchema schema, Part part) {
    StringBuilder select = new StringBuilder("SELECT *");
    part.values()
        .forEach(
            (name, value) -> {
              ColumnType type = schema.column(schema.position(name)).type();
              String text =
                  value == null ? "NULL" : "'" + Values.text(type, value).replace("'", "''") + "'";
              select.append(", CAST(" + text + " AS " + fileType(type) + ") AS " + quoted(name));
            });
    return select
        + " FROM read_parquet("
        + part.files().stream()
            .map(file -> "'" + file.replace("'", "''") + "'")
            .collect(Collectors.joining(", ", "[", "]"))
        + ", union_by_name = true, hive_partitioning = false)";
  }

  /** Takes a query's columns and rows. */
  @FunctionalInterface
  public interface Use<T> {
    /**
     * @param rows canonical values; to be read once, before this returns
     */
    T take(RowSchema columns, Iterator<Object[]> rows);
  }

  /**
   * Runs a query and hands its result over, a row at a time.
   *
   * @throws SQLException if DuckDB refuses the query, or it returns a type that a mart cannot hold
   */
  public <T> T query(String sql, Use<T> use) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return use.take(schema(result.getMetaData()), new Rows(result));
    } catch (RowsFailed e) {
      throw e.cause;
    }
  }

  /** The rows of a query whose result is small. */
  public List<Object[]> rows(String sql) throws SQLException {
    return query(
        sql,
        (columns, rows) -> {
          List<Object[]> all = new ArrayList<>();
          rows.forEachRemaining(all::add);
          return all;
        });
  }

  private static final class RowsFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException cause;

    RowsFailed(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  private static final class Rows implements Iterator<Object[]> {
    private final ResultSet result;
    private final RowSchema schema;
    private boolean ready;
    private boolean more;

    Rows(ResultSet result) throws SQLException {
      this.result = result;
      this.schema = schema(result.getMetaData());
    }

    @Override
    public boolean hasNext() {
      if (!ready) {
        try {
          more = result.next();
        } catch (SQLException e) {
          throw new RowsFailed(e);
        }
        ready = true;
      }
      return more;
    }

    @Override
    public Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ready = false;
      Object[] row = new Object[schema.size()];
      try {
        for (int i = 0; i < row.length; i++) {
          row[i] = canonical(schema.column(i).type(), result.getObject(i + 1));
        }
      } catch (SQLException e) {
        throw new RowsFailed(e);
      }
      return row;
    }
  }

  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String projection(Column column) {
    String name = quoted(column.name());
    return column.type().kind() == Kind.DATETIME ? name + " AT TIME ZONE 'UTC' AS " + name : name;
  }

  private static String fileType(ColumnType type) {
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
              .map(field -> quoted(field.name()) + " " + fileType(field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
      case ARRAY -> fileType(type.element().type()) + "[]";
      case MAP -> "MAP(" + fileType(type.key().type()) + ", " + fileType(type.value().type()) + ")";
    };
  }

  private static RowSchema schema(ResultSetMetaData meta) throws SQLException {
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

  private static Object canonical(ColumnType type, Object value) throws SQLException {
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

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
