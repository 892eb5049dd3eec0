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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of a source as {@code information_schema} has them: columns in their order (generated
 * and invisible ones too), types by {@link MySqlTypes}, the key, and an estimate of the rows.
 *
 * <p>The key is the primary key; else the first unique key without nullable, computed or prefix
 * columns; else there is none. Views are left out: they have no log.
 *
 * <p><b>Cost</b>: four queries for any number of tables, one more for each table that has unique
 * keys and no primary key.
 */
public final class Catalogue {
  private final Source source;
  private final Map<TableId, TableSchema> tables = new LinkedHashMap<>();
  private final Map<TableId, Long> rows = new LinkedHashMap<>();
  private final Map<TableId, Long> bytes = new HashMap<>();
  private final Map<TableId, Boolean> clustering = new HashMap<>();
  private final Map<TableId, List<Partition>> partitions = new HashMap<>();
  private final Map<TableId, Map<String, String>> declared = new HashMap<>();
  private final Map<TableId, KeyIndex> indexes = new HashMap<>();

  /**
   * A part in which the database itself stores a table; a subpartition where it has those.
   *
   * @param rows an estimate
   * @param bytes that the rows take, an estimate
   */
  record Partition(String name, long rows, long bytes) {}

  private Catalogue(Source source) {
    this.source = source;
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
    Catalogue catalogue = new Catalogue(source);
    try {
      freshStatistics(connection);
      catalogue.readTables(connection, names);
      catalogue.readColumns(connection, names);
      catalogue.readPartitions(connection, names);
      return catalogue;
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "reading its catalogue (information_schema)", e);
    }
  }

  Source source() {
    return source;
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

  /** The index along which the table is cut; nothing if it has none that can be. */
  public Optional<KeyIndex> index(TableId table) {
    return Optional.ofNullable(indexes.get(table));
  }

  /** The partitions of a table that the database stores in such; else none. */
  List<Partition> partitions(TableId table) {
    return partitions.getOrDefault(table, List.of());
  }

  /** About how many bytes the table's rows take. */
  long estimatedBytes(TableId table) {
    return bytes.getOrDefault(table, 0L);
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

  private void readTables(Connection connection, Collection<String> names) throws SQLException {
    String sql =
        "SELECT table_name, table_rows, engine, data_length FROM information_schema.tables"
            + " WHERE table_schema = ? AND table_type = 'BASE TABLE'"
            + among(names)
            + " ORDER BY table_name";
    try (PreparedStatement statement = prepare(connection, sql, source, names);
        ResultSet tables = statement.executeQuery()) {
      while (tables.next()) {
        TableId table = source.table(tables.getString(1));
        rows.put(table, tables.getLong(2));
        clustering.put(table, "InnoDB".equalsIgnoreCase(tables.getString(3)));
        bytes.put(table, tables.getLong(4));
      }
    }
  }

  private void readColumns(Connection connection, Collection<String> names) throws SQLException {
    String sql =
        "SELECT table_name, column_name, column_type, is_nullable, data_type, character_set_name,"
            + " collation_name FROM information_schema.columns WHERE table_schema = ?"
            + among(names)
            + " ORDER BY table_name, ordinal_position";
    Map<TableId, List<Column>> columns = new LinkedHashMap<>();
    Map<TableId, Map<String, KeyColumn>> forms = new HashMap<>();
    for (TableId table : rows.keySet()) {
      columns.put(table, new ArrayList<>());
      forms.put(table, new HashMap<>());
      declared.put(table, new LinkedHashMap<>());
    }
    try (PreparedStatement statement = prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        TableId table = source.table(rows.getString(1));
        if (columns.containsKey(table)) {
          columns.get(table).add(column(table, rows));
          declared.get(table).put(rows.getString(2), rows.getString(3));
          KeyColumn form = form(rows);
          if (form != null) {
            forms.get(table).put(form.name(), form);
          }
        }
      }
    }
    Keys keys = Keys.read(source, connection, names);
    for (Map.Entry<TableId, List<Column>> table : columns.entrySet()) {
      TableId id = table.getKey();
      RowSchema schema = RowSchema.of(table.getValue());
      Keys.Found found = keys.of(id, schema, forms.get(id), clustering.get(id));
      tables.put(id, new TableSchema(id, schema, found.key()));
      if (found.index() != null) {
        indexes.put(id, found.index());
      }
    }
  }

  /** Statistics of partitions are dear: they are asked for only of tables that have some. */
  private void readPartitions(Connection connection, Collection<String> names) throws SQLException {
    String sql =
        "SELECT DISTINCT table_name FROM information_schema.partitions WHERE table_schema = ?"
            + " AND partition_name IS NOT NULL"
            + among(names);
    List<String> partitioned = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        partitioned.add(rows.getString(1));
      }
    }
    if (!partitioned.isEmpty()) {
      readPartitionSizes(connection, partitioned);
    }
  }

  private void readPartitionSizes(Connection connection, Collection<String> names)
      throws SQLException {
    String sql =
        "SELECT table_name, COALESCE(subpartition_name, partition_name), table_rows, data_length"
            + " FROM information_schema.partitions WHERE table_schema = ?"
            + " AND partition_name IS NOT NULL"
            + among(names)
            + " ORDER BY table_name, partition_ordinal_position, subpartition_ordinal_position";
    try (PreparedStatement statement = prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        partitions
            .computeIfAbsent(source.table(rows.getString(1)), table -> new ArrayList<>())
            .add(new Partition(rows.getString(2), rows.getLong(3), rows.getLong(4)));
      }
    }
  }

  /** How a column is written into SQL as part of a key; null if it cannot be. */
  private static KeyColumn form(ResultSet rows) throws SQLException {
    KeyForm form = KeyForm.of(rows.getString(5)).orElse(null);
    boolean isText = form == KeyForm.TEXT;
    return form == null
        ? null
        : new KeyColumn(
            rows.getString(2),
            form,
            isText ? rows.getString(6) : null,
            isText ? rows.getString(7) : null,
            rows.getString(4).equals("YES"));
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
