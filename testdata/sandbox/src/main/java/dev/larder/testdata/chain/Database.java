package dev.larder.testdata.chain;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A MySQL server that the chain writes to, with a user who may create its database. The password is
 * in no text that this class gives.
 */
public final class Database {
  private final String name;
  private final String host;
  private final int port;
  private final String user;
  private final String password;

  private Database(String name, String host, int port, String user, String password) {
    this.name = name;
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
  }

  /**
   * @param name {@code pos} or {@code erp}: the database on that server
   */
  public static Database at(String name, String host, int port, String user, String password) {
    return new Database(name, host, port, user, password);
  }

  /** {@code pos} or {@code erp}. */
  public String name() {
    return name;
  }

  /**
   * A new connection, auto-committing, whose session is in UTC, strict about values, and reads
   * {@code \} as an escape.
   */
  public Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    // An update counts the rows that it changed, not those that it found.
    login.setProperty("useAffectedRows", "true");
    login.setProperty("connectTimeout", "10000");
    // MySQL 8's caching_sha2_password needs it without TLS; the sandbox listens on loopback only.
    login.setProperty("allowPublicKeyRetrieval", "true");
    Connection connection =
        DriverManager.getConnection("jdbc:mariadb://" + host + ":" + port + "/", login);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** {@code pos at 127.0.0.1:3306}. */
  @Override
  public String toString() {
    return name + " at " + host + ":" + port;
  }
}
