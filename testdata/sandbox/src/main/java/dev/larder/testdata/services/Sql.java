package dev.larder.testdata.services;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mariadb.jdbc.Driver;

/** Statements on one connection to a sandbox server, for tests and for loading sample data. */
public final class Sql implements AutoCloseable {
  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  static Sql connect(String jdbcUrl) throws SQLException {
    // Not by DriverManager: it looks in the caller's class loader, which Maven's exec:java changes.
    return new Sql(new Driver().connect(jdbcUrl, new java.util.Properties()));
  }

  /** Runs statements that return no rows, one after the other. */
  public Sql run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  /** All rows of a query, each as column label to text (null for NULL), in the query's order. */
  public List<Map<String, String>> rows(String query) throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns; i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The first column of a query's only row, as text. */
  public String value(String query) throws SQLException {
    List<Map<String, String>> rows = rows(query);
    if (rows.size() != 1) {
      throw new SQLException(rows.size() + " rows instead of one: " + query);
    }
    return rows.get(0).values().iterator().next();
  }

  /** The connection itself, closed with this. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
