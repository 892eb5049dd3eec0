package dev.larder.io.jdbc;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which columns tell the rows of a table apart. */
final class Keys {
  private static final String PRIMARY = "PRIMARY";

  private final Source source;
  private final Connection connection;
  private final Map<TableId, List<String>> primary;

  private Keys(Source source, Connection connection, Map<TableId, List<String>> primary) {
    this.source = source;
    this.connection = connection;
    this.primary = primary;
  }

  static Keys read(Source source, Connection connection, Collection<String> names)
      throws SQLException {
    String sql =
        "SELECT table_name, column_name FROM information_schema.statistics"
            + " WHERE table_schema = ? AND index_name = '"
            + PRIMARY
            + "'"
            + Catalogue.among(names)
            + " ORDER BY table_name, seq_in_index";
    Map<TableId, List<String>> primary = new HashMap<>();
    try (PreparedStatement statement = Catalogue.prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        primary
            .computeIfAbsent(source.table(rows.getString(1)), table -> new ArrayList<>())
            .add(rows.getString(2));
      }
    }
    return new Keys(source, connection, primary);
  }

  /** The key's columns in key order; empty if the table has none. */
  List<String> of(TableId table, RowSchema columns) throws SQLException {
    List<String> key = primary.get(table);
    return key != null ? key : firstUnique(table, columns);
  }

  /**
   * SHOW INDEX lists keys as the storage engine ranks them, unlike information_schema: the first
   * unique one without nullable columns is the one that InnoDB stores the rows by.
   */
  private List<String> firstUnique(TableId table, RowSchema columns) throws SQLException {
    String sql =
        "SHOW INDEX FROM " + Sql.name(table.table()) + " FROM " + Sql.name(source.database());
    Map<String, List<String>> candidates = new LinkedHashMap<>();
    List<String> unfit = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String index = rows.getString("Key_name");
        String column = rows.getString("Column_name");
        boolean partial = column == null || rows.getString("Sub_part") != null;
        if (rows.getInt("Non_unique") != 0
            || partial
            || columns.column(columns.position(column)).nullable()) {
          unfit.add(index);
        }
        candidates.computeIfAbsent(index, name -> new ArrayList<>()).add(column);
      }
    }
    candidates.keySet().removeAll(unfit);
    return candidates.values().stream().findFirst().orElse(List.of());
  }
}
