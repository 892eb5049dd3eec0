package dev.larder.io.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A real MySQL server with an empty database, for the tests of one class. */
final class TestMySql extends ExternalResource {
  static final String DATABASE = "shop";
  private final TemporaryFolder folder = new TemporaryFolder();

  @Override
  protected void before() throws Throwable {
    folder.create();
    run("CREATE DATABASE IF NOT EXISTS shop");
  }

  @Override
  protected void after() {
    folder.delete();
  }

  Source source() {
    return source("pos", DATABASE);
  }

  Source source(String name, String database) {
    return source(name, database, "app");
  }

  /** The password is the user's name. */
  Source source(String name, String database, String user) {
    try {
      Path password = folder.getRoot().toPath().resolve(user);
      Files.writeString(password, user + "\n");
      return Source.parse(
          name
              + "=mysql://"
              + user
              + "@127.0.0.1:"
              + port()
              + "/"
              + database
              + "?password=file:"
              + password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return 24406;
  }

  /** Runs statements as an administrator, with every check of values turned off. */
  void run(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = ''");
      if (value("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'shop'")
          .equals("1")) {
        statement.execute("USE shop");
      }
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The one value that a query gives. */
  String value(String sql) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Ends every connection that is in a SELECT. */
  void killReaders() throws SQLException {
    run(
        "KILL "
            + value(
                "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT `id`%'"));
  }

  private Connection admin() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port() + "/?user=app&password=app");
  }
}
