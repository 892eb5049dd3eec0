package dev.larder.io.jdbc;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableFacts;
import dev.larder.io.changes.TableFacts.ColumnFacts;
import dev.larder.io.changes.TableFacts.Comparison;
import dev.larder.io.changes.TableFacts.ForeignKey;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads what {@code information_schema} says of all tables of a source: keys, foreign keys,
 * comments, how texts are compared, the statistics of indexes.
 *
 * <p><b>Cost</b>: four queries for any number of tables, and one for each table that looks at its
 * first {@value #SAMPLE} rows for NULLs; no table is scanned.
 */
public final class SchemaFacts {
  /** Rows of a table that are looked at. */
  public static final int SAMPLE = 1_000;

  private static final String PRIMARY = "PRIMARY";
  private static final double UNKNOWN = Double.NaN;

  private final Source source;
  private final Connection connection;
  private final Map<String, Map<String, ColumnFacts>> columns = new HashMap<>();
  private final Map<String, Map<String, List<String>>> unique = new HashMap<>();
  private final Map<String, Map<String, Long>> distinct = new HashMap<>();
  private final Map<String, List<ForeignKey>> foreign = new HashMap<>();
  private final Map<String, String> comments = new HashMap<>();

  private SchemaFacts(Source source, Connection connection) {
    this.source = source;
    this.connection = connection;
  }

  /**
   * Facts of all tables of the source's database that the user may see, by name.
   *
   * @throws dev.larder.io.changes.SourceException if the database refuses
   */
  public static List<TableFacts> read(Source source, Connection connection) {
    Catalogue catalogue = Catalogue.read(source, connection);
    SchemaFacts facts = new SchemaFacts(source, connection);
    try {
      facts.readIndexes(catalogue);
      facts.readForeignKeys();
      facts.readComments();
      facts.readColumns();
      List<TableFacts> tables = new ArrayList<>();
      for (Map.Entry<TableId, TableSchema> table : catalogue.tables().entrySet()) {
        tables.add(facts.of(table.getValue(), catalogue.estimatedRows(table.getKey())));
      }
      return tables;
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "reading its schema (information_schema)", e);
    }
  }

  private TableFacts of(TableSchema table, long rows) throws SQLException {
    String name = table.id().table();
    Map<String, Double> nulls = rows == 0 ? Map.of() : nullShares(table);
    Map<String, ColumnFacts> facts = new LinkedHashMap<>();
    for (String column : table.columns().names()) {
      ColumnFacts read = columns.get(name).get(column);
      facts.put(
          column,
          new ColumnFacts(
              read.declared(),
              read.isNumbered(),
              read.comparison(),
              read.comment(),
              distinct.getOrDefault(name, Map.of()).getOrDefault(column, -1L),
              nulls.getOrDefault(column, UNKNOWN)));
    }
    Map<String, List<String>> keys = new LinkedHashMap<>(unique.getOrDefault(name, Map.of()));
    List<String> primary = keys.getOrDefault(PRIMARY, List.of());
    keys.remove(PRIMARY);
    return new TableFacts(
        table,
        comments.getOrDefault(name, ""),
        rows,
        facts,
        primary,
        keys.values().stream().distinct().toList(),
        foreign.getOrDefault(name, List.of()));
  }

  /** Unique keys of columns that are whole and never NULL, and how many values columns have. */
  private void readIndexes(Catalogue catalogue) throws SQLException {
    String sql =
        "SELECT table_name, index_name, column_name, non_unique, sub_part, cardinality,"
            + " seq_in_index FROM information_schema.statistics WHERE table_schema = ?"
            + " ORDER BY table_name, index_name, seq_in_index";
    Map<String, List<String>> unfit = new HashMap<>();
    try (PreparedStatement statement = prepare(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String table = rows.getString(1);
        String index = rows.getString(2);
        String column = rows.getString(3);
        TableSchema schema = catalogue.tables().get(source.table(table));
        if (schema == null) {
          continue;
        }
        if (rows.getInt("seq_in_index") == 1 && column != null) {
          distinct
              .computeIfAbsent(table, t -> new HashMap<>())
              .merge(column, rows.getLong("cardinality"), Math::max);
        }
        boolean isFit =
            rows.getInt("non_unique") == 0
                && column != null
                && rows.getString("sub_part") == null
                && !isNullable(schema.columns(), column);
        unique
            .computeIfAbsent(table, t -> new TreeMap<>())
            .computeIfAbsent(index, i -> new ArrayList<>())
            .add(column);
        if (!isFit) {
          unfit.computeIfAbsent(table, t -> new ArrayList<>()).add(index);
        }
      }
    }
    unfit.forEach((table, indexes) -> unique.get(table).keySet().removeAll(indexes));
  }

  private static boolean isNullable(RowSchema columns, String column) {
    return columns.column(columns.position(column)).nullable();
  }

  private void readForeignKeys() throws SQLException {
    String sql =
        "SELECT table_name, constraint_name, column_name, referenced_table_name,"
            + " referenced_column_name FROM information_schema.key_column_usage"
            + " WHERE table_schema = ? AND referenced_table_schema = table_schema"
            + " ORDER BY table_name, constraint_name, ordinal_position";
    Map<List<String>, ForeignKey> keys = new LinkedHashMap<>();
    try (PreparedStatement statement = prepare(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ForeignKey more =
            new ForeignKey(
                List.of(rows.getString(3)), rows.getString(4), List.of(rows.getString(5)));
        keys.merge(List.of(rows.getString(1), rows.getString(2)), more, SchemaFacts::joined);
      }
    }
    keys.forEach(
        (name, key) -> foreign.computeIfAbsent(name.get(0), t -> new ArrayList<>()).add(key));
  }

  private static ForeignKey joined(ForeignKey key, ForeignKey more) {
    List<String> columns = new ArrayList<>(key.columns());
    columns.addAll(more.columns());
    List<String> referenced = new ArrayList<>(key.referenced());
    referenced.addAll(more.referenced());
    return new ForeignKey(columns, key.table(), referenced);
  }

  private void readComments() throws SQLException {
    String sql =
        "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = ?";
    try (PreparedStatement statement = prepare(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        comments.put(rows.getString(1), rows.getString(2) == null ? "" : rows.getString(2));
      }
    }
  }

  private void readColumns() throws SQLException {
    String sql =
        "SELECT c.table_name, c.column_name, c.column_type, c.extra, c.column_comment,"
            + " c.collation_name, l.pad_attribute FROM information_schema.columns c"
            + " LEFT JOIN (SELECT collation_name, "
            + padAttribute()
            + " AS pad_attribute FROM information_schema.collations) l"
            + " ON l.collation_name = c.collation_name WHERE c.table_schema = ?";
    try (PreparedStatement statement = prepare(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String extra = rows.getString(4) == null ? "" : rows.getString(4).toLowerCase(Locale.ROOT);
        columns
            .computeIfAbsent(rows.getString(1), t -> new HashMap<>())
            .put(
                rows.getString(2),
                new ColumnFacts(
                    rows.getString(3),
                    extra.contains("auto_increment"),
                    comparison(rows.getString(6), rows.getString(7)),
                    rows.getString(5) == null ? "" : rows.getString(5),
                    -1,
                    UNKNOWN));
      }
    }
  }

  /** MySQL 5.7 and MariaDB have no such column: there, collations pad unless they say otherwise. */
  private String padAttribute() throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema ="
            + " 'information_schema' AND table_name = 'COLLATIONS' AND column_name ="
            + " 'PAD_ATTRIBUTE'";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getInt(1) > 0
          ? "pad_attribute"
          : "IF(collation_name LIKE '%nopad%', 'NO PAD', 'PAD SPACE')";
    }
  }

  private static Comparison comparison(String collation, String padding) {
    if (collation == null || !collation.contains("_ci")) {
      return Comparison.EXACT;
    }
    return "NO PAD".equals(padding)
        ? Comparison.WITHOUT_CASE
        : Comparison.WITHOUT_CASE_OR_TRAILING_SPACES;
  }

  /** The share of NULLs among the first rows, of columns that may be NULL. */
  private Map<String, Double> nullShares(TableSchema table) throws SQLException {
    List<String> nullable =
        table.columns().names().stream().filter(c -> isNullable(table.columns(), c)).toList();
    if (nullable.isEmpty()) {
      return Map.of();
    }
    String sql =
        nullable.stream()
            .map(column -> "AVG(" + Sql.name(column) + " IS NULL)")
            .collect(
                Collectors.joining(
                    ", ",
                    "SELECT ",
                    " FROM (SELECT "
                        + Sql.names(nullable)
                        + " FROM "
                        + Sql.name(table.id().table())
                        + " LIMIT "
                        + SAMPLE
                        + ") sample"));
    Map<String, Double> shares = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (rows.next() && rows.getString(1) != null) {
        for (int i = 0; i < nullable.size(); i++) {
          shares.put(nullable.get(i), rows.getDouble(i + 1));
        }
      }
    }
    return shares;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, source.database());
    return statement;
  }
}
