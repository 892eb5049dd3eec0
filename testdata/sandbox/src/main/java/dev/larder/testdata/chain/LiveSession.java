package dev.larder.testdata.chain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One connection of the live traffic, in transactions, counting what it changes. */
final class LiveSession implements AutoCloseable {
  private final Connection connection;
  private final Map<ChainTable, LiveChanges> changes = new EnumMap<>(ChainTable.class);
  private long transactions;

  LiveSession(Database database) throws SQLException {
    connection = database.connect();
    connection.setAutoCommit(false);
  }

  void insert(ChainTable table, Object... values) throws SQLException {
    InsertText text = new InsertText(table);
    text.add(values);
    try (Statement statement = connection.createStatement()) {
      count(table, new LiveChanges(statement.executeUpdate(text.take()), 0, 0, 0));
    }
  }

  /** {@code UPDATE table <rest>}, which must find a row and change it. */
  void update(ChainTable table, String rest, Object... arguments) throws SQLException {
    int rows = execute("UPDATE " + table + " " + rest, arguments);
    if (rows == 0) {
      throw new IllegalStateException("UPDATE " + table + " " + rest + " changed nothing");
    }
    count(table, new LiveChanges(0, rows, 0, 0));
  }

  /** The same for an update of the primary key. */
  void rekey(ChainTable table, String rest, Object... arguments) throws SQLException {
    int rows = execute("UPDATE " + table + " " + rest, arguments);
    count(table, new LiveChanges(0, 0, 0, rows));
  }

  /** {@code DELETE FROM table <rest>}. */
  void delete(ChainTable table, String rest, Object... arguments) throws SQLException {
    int rows = execute("DELETE FROM " + table + " " + rest, arguments);
    count(table, new LiveChanges(0, 0, rows, 0));
  }

  /** DDL; it commits what is open. */
  void alter(String sql) throws SQLException {
    execute(sql);
  }

  private int execute(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepared(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  /** All rows of a small result. */
  List<Object[]> query(String sql, Object... arguments) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    try (PreparedStatement statement = prepared(sql, arguments);
        ResultSet result = statement.executeQuery()) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = result.getObject(i + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The number in the only row and column of a result. */
  long number(String sql, Object... arguments) throws SQLException {
    return ((Number) query(sql, arguments).get(0)[0]).longValue();
  }

  private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  private void count(ChainTable table, LiveChanges more) {
    changes.merge(table, more, LiveChanges::plus);
  }

  void commit() throws SQLException {
    connection.commit();
    transactions++;
  }

  LiveChanges changes(ChainTable table) {
    return changes.getOrDefault(table, LiveChanges.NONE);
  }

  long transactions() {
    return transactions;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
