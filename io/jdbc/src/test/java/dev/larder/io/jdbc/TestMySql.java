package dev.larder.io.jdbc;

import dev.larder.testdata.services.Login;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A real MySQL server, one for all tests of this module, with the databases shop and erp. */
final class TestMySql extends ExternalResource {
  static final String DATABASE = "shop";

  private static Services services;

  private final TemporaryFolder folder = new TemporaryFolder();

  /** Ends with the process. */
  private static synchronized MySqlServer server() {
    if (services == null) {
      services =
          Services.inTarget().withMySql(MySqlSetup.named(DATABASE).withDatabase("erp")).start();
    }
    return services.mySql(DATABASE);
  }

  @Override
  protected void before() throws Throwable {
    folder.create();
    startEmpty();
  }

  @Override
  protected void after() {
    folder.delete();
  }

  /** Leaves no table in the databases. */
  void startEmpty() throws SQLException {
    try (Sql sql = server().connect("", server().admin())) {
      for (String database : new String[] {DATABASE, "erp"}) {
        sql.run("DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database);
      }
    }
  }

  /** The database as the user reads it who may snapshot and follow the log and nothing else. */
  Source source() {
    return source("pos", DATABASE, server().cdc());
  }

  /** The same, read by a driver. */
  Source source(Source.Driver driver) {
    return Source.parse(source() + "&driver=" + driver.name().toLowerCase(java.util.Locale.ROOT));
  }

  Source source(String name, String database) {
    return source(name, database, server().cdc());
  }

  Source administrator(String database) {
    return source("pos", database, server().admin());
  }

  /** The database as a user of the test's own making reads it. */
  Source as(String user, String password) throws IOException {
    Path file = folder.getRoot().toPath().resolve(user);
    Files.writeString(file, password + "\n");
    return source("pos", DATABASE, new Login(user, password, file));
  }

  private static Source source(String name, String database, Login login) {
    return Source.parse(name + "=" + server().sourceUrl(database, login));
  }

  /** Runs statements on one connection as an administrator, with no check of values. */
  void run(String... statements) throws SQLException {
    try (Sql sql = server().connect(DATABASE, server().admin())) {
      sql.run("SET sql_mode = ''").run(statements);
    }
  }

  /** The one value that a query gives. */
  String value(String query) throws SQLException {
    try (Sql sql = server().connect(DATABASE, server().admin())) {
      return sql.value(query);
    }
  }

  /** The binlog file that is written to. */
  String current() throws SQLException {
    try (Connection connection = Connections.open(source())) {
      return BinlogPosition.current(source(), connection).file();
    }
  }

  /** Cuts the one connection that reads a table by its column id. */
  void killReader() throws SQLException {
    run(
        "KILL "
            + value(
                "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT `id`%'"));
  }
}
