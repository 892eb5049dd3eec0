package dev.larder.testdata.binlog;

import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rows of a database as they were at one place of the binary log.
 *
 * @param tables the rows of each table, as {@link SourceColumn} tells them
 */
public record TrueState(
    String database, BinlogPlace place, Map<SourceTable, List<List<String>>> tables) {
  private static final int FETCH = 1_000;

  /**
   * Reads it in one transaction that begins under a global read lock, which is held for the moment
   * that the log's place is asked: no row and no place may lie between. An oracle may lock; Larder
   * may not.
   */
  public static TrueState read(MySqlServer server, String database) throws SQLException {
    try (Sql lock = server.connect(database, server.admin());
        Sql sql = server.connect(database, server.admin())) {
      List<SourceTable> tables = SourceTable.of(sql, database);
      sql.run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      lock.run("FLUSH TABLES WITH READ LOCK");
      sql.run("START TRANSACTION WITH CONSISTENT SNAPSHOT");
      BinlogPlace place = place(lock);
      lock.run("UNLOCK TABLES");
      Map<SourceTable, List<List<String>>> rows = new LinkedHashMap<>();
      for (SourceTable table : tables) {
        rows.put(table, rows(sql, table));
      }
      return new TrueState(database, place, rows);
    }
  }

  private static BinlogPlace place(Sql sql) throws SQLException {
    Map<String, String> status = sql.rows("SHOW MASTER STATUS").get(0);
    return new BinlogPlace(status.get("File"), Long.parseLong(status.get("Position")));
  }

  private static List<List<String>> rows(Sql sql, SourceTable table) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    List<SourceColumn> columns = table.columns();
    String list = String.join(", ", columns.stream().map(SourceColumn::selected).toList());
    try (Statement statement = sql.connection().createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet result =
          statement.executeQuery("SELECT " + list + " FROM `" + table.name() + "`")) {
        while (result.next()) {
          String[] row = new String[columns.size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = columns.get(i).ofStatement(result.getString(i + 1));
          }
          rows.add(PackedRow.of(row));
        }
      }
    }
    return rows;
  }
}
