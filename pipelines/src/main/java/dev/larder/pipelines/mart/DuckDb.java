package dev.larder.pipelines.mart;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaSnapshot;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
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

  /** A view of a Delta table as it was, its partitions' own columns included. */
  public void view(String name, DeltaSnapshot table) throws SQLException {
    List<Part> parts = new ArrayList<>();
    table
        .filesByPartition()
        .forEach(
            (partition, files) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              for (int i = 0; i < table.partitionColumns().size(); i++) {
                values.put(table.partitionColumns().get(i), partition.values().get(i));
              }
              parts.add(new Part(values, files));
            });
    partitionedView(name, table.schema(), parts);
  }

  /**
   * Files that share values of columns that they do not hold.
   *
   * @param values canonical, by column
   * @param files absolute paths
   */
  private record Part(Map<String, Object> values, List<String> files) {}

  /** A view of files with values that they do not hold: a filter by them opens no file. */
  private void partitionedView(String name, RowSchema schema, Collection<Part> parts)
      throws SQLException {
    String empty =
        schema.columns().stream()
            .map(
                column ->
                    "NULL::" + DuckDbTypes.fileType(column.type()) + " AS " + quoted(column.name()))
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
              select.append(
                  ", CAST(" + text + " AS " + DuckDbTypes.fileType(type) + ") AS " + quoted(name));
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
      return use.take(DuckDbTypes.schema(result.getMetaData()), new Rows(result));
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
      this.schema = DuckDbTypes.schema(result.getMetaData());
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
          row[i] = DuckDbTypes.canonical(schema.column(i).type(), result.getObject(i + 1));
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

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
