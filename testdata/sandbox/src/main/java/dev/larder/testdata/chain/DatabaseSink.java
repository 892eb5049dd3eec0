package dev.larder.testdata.chain;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Writes the rows of one database, many a statement; leaves those of the other out. */
final class DatabaseSink implements RowSink, AutoCloseable {
  private static final int ROWS_A_STATEMENT = 2_000;
  private static final int CHARS_A_STATEMENT = 500_000;
  private static final int STATEMENTS_A_COMMIT = 5;

  private final Database database;
  private final LoadCounter counter;
  private final Connection connection;
  private final Statement statement;
  private final Map<ChainTable, InsertText> pending = new EnumMap<>(ChainTable.class);
  private int uncommitted;

  private DatabaseSink(Database database, LoadCounter counter, Connection connection)
      throws SQLException {
    this.database = database;
    this.counter = counter;
    this.connection = connection;
    this.statement = connection.createStatement();
  }

  static DatabaseSink open(Database database, LoadCounter counter) {
    try {
      Connection connection = database.connect();
      connection.setAutoCommit(false);
      return new DatabaseSink(database, counter, connection);
    } catch (SQLException e) {
      throw ChainErrors.databaseRefused(database, "connecting", e);
    }
  }

  @Override
  public void row(ChainTable table, Object... values) {
    if (!table.database().equals(database.name())) {
      return;
    }
    InsertText text = pending.computeIfAbsent(table, InsertText::new);
    text.add(values);
    if (text.rows() == ROWS_A_STATEMENT || text.length() > CHARS_A_STATEMENT) {
      insert(table, text);
    }
  }

  private void insert(ChainTable table, InsertText text) {
    if (Thread.interrupted()) {
      throw new CancellationException("The load of " + database + " was cancelled");
    }
    try {
      int rows = text.rows();
      statement.executeUpdate(text.take());
      counter.wrote(table, rows);
      if (++uncommitted == STATEMENTS_A_COMMIT) {
        connection.commit();
        uncommitted = 0;
      }
    } catch (SQLException e) {
      throw ChainErrors.databaseRefused(database, "writing " + table, e);
    }
  }

  /** Writes what is pending and commits. */
  void finish() {
    pending.forEach(
        (table, text) -> {
          if (text.rows() > 0) {
            insert(table, text);
          }
        });
    try {
      connection.commit();
    } catch (SQLException e) {
      throw ChainErrors.databaseRefused(database, "committing", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw ChainErrors.databaseRefused(database, "closing the connection", e);
    }
  }
}
