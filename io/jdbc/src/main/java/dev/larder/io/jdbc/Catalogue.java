package dev.larder.io.jdbc;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of a source as {@code information_schema} has them: columns in their order (generated
 * and invisible ones too), types by {@link MySqlTypes}, the key, and an estimate of the rows.
 *
 * <p>The key is the primary key; else the first unique key without nullable, computed or prefix
 * columns; else there is none. Views are left out: they have no log.
 *
 * <p><b>Cost</b>: two queries for any number of tables, one more for each table without a primary
 * key.
 */
public final class Catalogue {
  private final Source source;
  private final Map<TableId, TableSchema> tables;
  private final Map<TableId, Long> rows;
  private final Map<TableId, Map<String, String>> declared;

  private Catalogue(
      Source source,
      Map<TableId, TableSchema> tables,
      Map<TableId, Long> rows,
      Map<TableId, Map<String, String>> declared) {
    this.source = source;
    this.tables = tables;
    this.rows = rows;
    this.declared = declared;
  }

  /** Reads all tables of the source's database that the user may see. */
  public static Catalogue read(Source source, Connection connection) {
    return read(source, connection, Set.of());
  }

  /**
   * Reads some tables. Those that are not there, or that the user may not see, are left out.
   *
   * @param names as in the database; empty for all
   * @throws dev.larder.io.changes.SourceException if the database refuses
   */
  public static Catalogue read(Source source, Connection connection, Collection<String> names) {
    try {
      freshStatistics(connection);
      Map<TableId, Long> rows = estimates(source, connection, names);
      Map<TableId, Map<String, String>> declared = new LinkedHashMap<>();
      Map<TableId, TableSchema> tables =
          schemas(source, connection, rows.keySet(), names, declared);
      return new Catalogue(source, tables, rows, declared);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "reading its catalogue (information_schema)", e);
    }
  }

  /** Tables by id, in the order of their names. */
  public Map<TableId, TableSchema> tables() {
    return tables;
  }

  /**
   * The table.
   *
   * @throws UserException if it is not there; the message lists those that are
   */
  public TableSchema table(String name) {
    TableSchema table = tables.get(source.table(name));
    if (table == null) {
      throw JdbcErrors.noTable(source, name, tables.keySet().stream().map(TableId::table).toList());
    }
    return table;
  }

  /** The database's estimate of the table's rows, which may be far off; 0 if it has none. */
  public long estimatedRows(TableId table) {
    return rows.getOrDefault(table, 0L);
  }

  /** Types in MySQL's own words by column, {@code COLUMN_TYPE}: {@code bit(12)}. */
  public Map<String, String> declaredTypes(TableId table) {
    return declared.getOrDefault(table, Map.of());
  }

  /** MySQL 8 shows statistics up to a day old unless told otherwise; others have no such cache. */
  private static void freshStatistics(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION information_schema_stats_expiry = 0");
    } catch (SQLException e) {
      // MySQL 5.7 and MariaDB do not know the variable: their statistics are always fresh.
    }
  }

  private static Map<TableId, Long> estimates(
      Source source, Connection connection, Collection<String> names) throws SQLException {
    String sql =
        "SELECT table_name, table_rows FROM information_schema.tables"
            + " WHERE table_schema = ? AND table_type = 'BASE TABLE'"
            + among(names)
            + " ORDER BY table_name";
    Map<TableId, Long> estimates = new LinkedHashMap<>();
    try (PreparedStatement statement = prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        estimates.put(source.table(rows.getString(1)), rows.getLong(2));
      }
    }
    return estimates;
  }

  private static Map<TableId, TableSchema> schemas(
      Source source,
      Connection connection,
      Set<TableId> tables,
      Collection<String> names,
      Map<TableId, Map<String, String>> declared)
      throws SQLException {
    String sql =
        "SELECT table_name, column_name, column_type, is_nullable, column_key"
            + " FROM information_schema.columns WHERE table_schema = ?"
            + among(names)
            + " ORDER BY table_name, ordinal_position";
    Map<TableId, List<Column>> columns = new LinkedHashMap<>();
    tables.forEach(table -> columns.put(table, new ArrayList<>()));
    try (PreparedStatement statement = prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        TableId table = source.table(rows.getString(1));
        if (columns.containsKey(table)) {
          columns.get(table).add(column(table, rows));
          declared
              .computeIfAbsent(table, id -> new LinkedHashMap<>())
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    Keys keys = Keys.read(source, connection, names);
    Map<TableId, TableSchema> schemas = new LinkedHashMap<>();
    for (Map.Entry<TableId, List<Column>> table : columns.entrySet()) {
      RowSchema schema = RowSchema.of(table.getValue());
      schemas.put(
          table.getKey(), new TableSchema(table.getKey(), schema, keys.of(table.getKey(), schema)));
    }
    return schemas;
  }

  private static Column column(TableId table, ResultSet rows) throws SQLException {
    String name = rows.getString(2);
    String declared = rows.getString(3);
    try {
      ColumnType type = MySqlTypes.columnType(declared);
      return new Column(name, type, rows.getString(4).equals("YES"));
    } catch (IllegalArgumentException e) {
      throw JdbcErrors.unknownType(table, name, declared, e);
    }
  }

  /** A condition that narrows a query down to the tables that were asked for. */
  static String among(Collection<String> names) {
    return names.isEmpty()
        ? ""
        : " AND table_name IN (" + Sql.parameters(new TreeSet<>(names).size()) + ")";
  }

  static PreparedStatement prepare(
      Connection connection, String sql, Source source, Collection<String> names)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, source.database());
    int next = 2;
    for (String name : new TreeSet<>(names)) {
      statement.setString(next++, name);
    }
    return statement;
  }
}
