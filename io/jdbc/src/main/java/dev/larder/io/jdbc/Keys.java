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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which columns tell the rows of a table apart, and along which index it can be cut. */
final class Keys {
  static final String PRIMARY = "PRIMARY";

  /**
   * What a table has.
   *
   * @param key the key's columns in key order; empty if there is none
   * @param index along which the table is cut, or null
   */
  record Found(List<String> key, KeyIndex index) {
    static final Found NOTHING = new Found(List.of(), null);
  }

  /**
   * A part of an index.
   *
   * @param column null for an expression
   * @param direction {@code A}, {@code D}, or null where the index knows none
   */
  private record Part(String column, boolean isWhole, String direction) {}

  private final Source source;
  private final Connection connection;
  private final Map<TableId, Map<String, List<Part>>> unique;

  private Keys(Source source, Connection connection, Map<TableId, Map<String, List<Part>>> unique) {
    this.source = source;
    this.connection = connection;
    this.unique = unique;
  }

  static Keys read(Source source, Connection connection, Collection<String> names)
      throws SQLException {
    String sql =
        "SELECT table_name, index_name, column_name, sub_part, collation"
            + " FROM information_schema.statistics WHERE table_schema = ? AND non_unique = 0"
            + Catalogue.among(names)
            + " ORDER BY table_name, index_name, seq_in_index";
    Map<TableId, Map<String, List<Part>>> unique = new HashMap<>();
    try (PreparedStatement statement = Catalogue.prepare(connection, sql, source, names);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        unique
            .computeIfAbsent(source.table(rows.getString(1)), table -> new LinkedHashMap<>())
            .computeIfAbsent(rows.getString(2), index -> new ArrayList<>())
            .add(new Part(rows.getString(3), rows.getString(4) == null, rows.getString(5)));
      }
    }
    return new Keys(source, connection, unique);
  }

  /**
   * @param forms how columns are written into SQL; those that cannot be are missing
   */
  Found of(TableId table, RowSchema columns, Map<String, KeyColumn> forms, boolean isClustering)
      throws SQLException {
    Map<String, List<Part>> indexes = unique.getOrDefault(table, Map.of());
    if (indexes.isEmpty()) {
      return Found.NOTHING;
    }
    KeyIndex.Storage storage =
        isClustering ? KeyIndex.Storage.CLUSTERED : KeyIndex.Storage.SECONDARY;
    List<Part> primary = indexes.get(PRIMARY);
    if (primary != null) {
      return new Found(names(primary), index(PRIMARY, primary, forms, storage));
    }
    List<String> ranked = ranked(table);
    for (String name : ranked) {
      List<Part> parts = indexes.get(name);
      if (parts.stream().allMatch(part -> isKey(part, columns))) {
        return new Found(names(parts), index(name, parts, forms, storage));
      }
    }
    KeyIndex index =
        ranked.stream()
            .map(name -> index(name, indexes.get(name), forms, KeyIndex.Storage.SECONDARY))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new Found(List.of(), index);
  }

  private static boolean isKey(Part part, RowSchema columns) {
    return part.column() != null
        && part.isWhole()
        && !columns.column(columns.position(part.column())).nullable();
  }

  private static List<String> names(List<Part> parts) {
    return parts.stream().map(Part::column).toList();
  }

  /**
   * The leading columns that are whole, ordered the same way, and can be written into SQL; null if
   * the first cannot.
   */
  private static KeyIndex index(
      String name, List<Part> parts, Map<String, KeyColumn> forms, KeyIndex.Storage storage) {
    List<KeyColumn> columns = new ArrayList<>();
    for (Part part : parts) {
      KeyColumn column = forms.get(part.column());
      boolean sameWay = Objects.equals(part.direction(), parts.get(0).direction());
      if (column == null || !part.isWhole() || !sameWay) {
        break;
      }
      columns.add(column);
    }
    if (columns.isEmpty()) {
      return null;
    }
    boolean isTotal =
        columns.size() == parts.size() && columns.stream().noneMatch(KeyColumn::nullable);
    return new KeyIndex(
        name, columns, isTotal ? KeyIndex.Order.TOTAL : KeyIndex.Order.PARTIAL, storage);
  }

  /**
   * SHOW INDEX lists keys as the storage engine ranks them, unlike information_schema: the first
   * unique one without nullable columns is the one that InnoDB stores the rows by. Those that
   * queries may not use are left out.
   */
  private List<String> ranked(TableId table) throws SQLException {
    String sql =
        "SHOW INDEX FROM " + Sql.name(table.table()) + " FROM " + Sql.name(source.database());
    Set<String> names = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      int visible = find(rows, "Visible");
      int ignored = find(rows, "Ignored");
      while (rows.next()) {
        boolean isUsable =
            (visible == 0 || rows.getString(visible).equals("YES"))
                && (ignored == 0 || rows.getString(ignored).equals("NO"));
        if (rows.getInt("Non_unique") == 0 && isUsable) {
          names.add(rows.getString("Key_name"));
        }
      }
    }
    return List.copyOf(names);
  }

  /** The position of a column that only some servers have, or 0. */
  private static int find(ResultSet rows, String column) throws SQLException {
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      if (rows.getMetaData().getColumnLabel(i).equals(column)) {
        return i;
      }
    }
    return 0;
  }
}
