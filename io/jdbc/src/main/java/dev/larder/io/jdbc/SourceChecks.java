package dev.larder.io.jdbc;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableSchema;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds out whether a source is fit to be snapshot and followed: its binlog, the user's rights, the
 * tables and their keys. Changes nothing.
 */
public final class SourceChecks {
  private final Source source;
  private final Connection connection;
  private final List<Finding> findings = new ArrayList<>();

  private SourceChecks(Source source, Connection connection) {
    this.source = source;
    this.connection = connection;
  }

  /**
   * Connects and checks.
   *
   * @param tables names of the tables that are wanted; empty for all of the database
   * @return one finding for each thing looked at, also for those that are well, in a fixed order
   * @throws SourceException if the server cannot be reached or refuses the login
   */
  public static List<Finding> run(Source source, Collection<String> tables) {
    try (Connection connection = Connections.open(source)) {
      return run(source, connection, tables);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "closing the connection", e);
    }
  }

  /** Checks through a connection of {@link Connections#open}. */
  public static List<Finding> run(Source source, Connection connection, Collection<String> tables) {
    SourceChecks checks = new SourceChecks(source, connection);
    try {
      checks.connection();
      checks.settings();
      checks.rights();
      checks.tables(tables);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "being checked", e);
    }
    return checks.findings;
  }

  private void connection() throws SQLException {
    String what =
        "reached "
            + source.address()
            + " as "
            + source.user()
            + ", MySQL "
            + ServerVersion.of(connection).text();
    if (source.tls() == Source.Tls.OFF && !isLocal()) {
      findings.add(
          Finding.warning(
              "connection",
              what + ", without encryption.",
              "Add tls=verify (or tls=trust) to the source."));
    } else {
      findings.add(Finding.ok("connection", what + "."));
    }
  }

  private boolean isLocal() {
    try {
      return InetAddress.getByName(source.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void settings() throws SQLException {
    String sql =
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ("
            + Sql.parameters(ServerSettings.NAMES.size())
            + ")";
    Map<String, String> values = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < ServerSettings.NAMES.size(); i++) {
        statement.setString(i + 1, ServerSettings.NAMES.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
        }
      }
    }
    findings.addAll(ServerSettings.judge(values));
  }

  private void rights() throws SQLException {
    ServerVersion version = ServerVersion.of(connection);
    right(
        "REPLICATION CLIENT",
        version.binlogStatusSql(),
        "the log's position cannot be recorded before a snapshot.");
    right("REPLICATION SLAVE", version.replicasSql(), "the log cannot be followed.");
  }

  /** Rights may come by roles, so they are tried rather than read out of the grants. */
  private void right(String privilege, String sql, String consequence) throws SQLException {
    String check = "right " + privilege;
    if (permits(sql)) {
      findings.add(Finding.ok(check, "user " + source.user() + " has it."));
    } else {
      findings.add(
          Finding.error(
              check,
              "user " + source.user() + " lacks it: " + consequence,
              JdbcErrors.grantReplication(privilege, account())));
    }
  }

  private boolean permits(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return true;
    } catch (SQLException e) {
      if ("42000".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** The account as the server found it: the host part may be narrower than any. */
  private String account() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CURRENT_USER()")) {
      rows.next();
      String account = rows.getString(1);
      int at = account.lastIndexOf('@');
      return "'" + account.substring(0, at) + "'@'" + account.substring(at + 1) + "'";
    }
  }

  private void tables(Collection<String> names) throws SQLException {
    Catalogue catalogue = Catalogue.read(source, connection, names);
    Collection<String> wanted =
        names.isEmpty()
            ? catalogue.tables().keySet().stream().map(id -> id.table()).toList()
            : new TreeSet<>(names);
    if (wanted.isEmpty()) {
      findings.add(
          Finding.error(
              "tables",
              "database " + source.database() + " has none that user " + source.user() + " sees.",
              "Run as an administrator: GRANT SELECT ON "
                  + Sql.name(source.database())
                  + ".* TO "
                  + account()
                  + ";"));
    }
    for (String name : wanted) {
      table(name, catalogue.tables().get(source.table(name)));
    }
  }

  private void table(String name, TableSchema table) throws SQLException {
    String check = "table " + name;
    String grant =
        "GRANT SELECT ON "
            + Sql.name(source.database())
            + "."
            + Sql.name(name)
            + " TO "
            + account()
            + ";";
    if (table == null) {
      findings.add(
          Finding.error(
              check,
              "is not in database "
                  + source.database()
                  + ", or user "
                  + source.user()
                  + " may not see it.",
              "Correct the name, or run as an administrator: " + grant));
    } else if (!permits("SELECT * FROM " + Sql.name(name) + " LIMIT 0")) {
      findings.add(
          Finding.error(
              check,
              "may not be read by user " + source.user() + ".",
              "Run as an administrator: " + grant));
    } else if (table.key().isEmpty()) {
      findings.add(
          Finding.warning(
              check,
              "has neither a primary key nor a unique key without nullable columns: equal rows"
                  + " cannot be told apart, and it is read by one connection.",
              JdbcErrors.addKey(name)));
    } else {
      findings.add(Finding.ok(check, "can be read, key " + String.join(", ", table.key()) + "."));
    }
  }
}
