package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

public final class SourceChecksIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  @Before
  public void startEmpty() throws Exception {
    MYSQL.startEmpty();
    MYSQL.run(
        "CREATE TABLE orders (id INT PRIMARY KEY)",
        "CREATE TABLE log (line INT)",
        "DROP USER IF EXISTS 'weak'@'%'",
        "CREATE USER 'weak'@'%' IDENTIFIED WITH mysql_native_password BY 'weak'");
  }

  private static List<String> problems(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.severity() != Finding.Severity.OK)
        .map(Finding::toString)
        .toList();
  }

  @Test
  public void findsNothingWrongWithASandboxServer() {
    List<Finding> findings = SourceChecks.run(MYSQL.source(), List.of("orders"));

    assertThat(problems(findings), empty());
    assertThat(
        findings.stream().map(Finding::check).toList(),
        contains(
            "connection",
            "log_bin",
            "binlog_format",
            "binlog_row_image",
            "binlog_row_value_options",
            "server_id",
            "gtid_mode",
            "binlog retention",
            "right REPLICATION CLIENT",
            "right REPLICATION SLAVE",
            "table orders"));
    assertThat(findings.get(10), is(Finding.ok("table orders", "can be read, key id.")));
  }

  @Test
  public void warnsOfATableWithoutAKey() {
    assertThat(
        problems(SourceChecks.run(MYSQL.source(), List.of())),
        contains(
            "WARNING table log: has neither a primary key nor a unique key without nullable"
                + " columns: equal rows cannot be told apart, and it is read by one connection."
                + " Give it a key: ALTER TABLE `log` ADD COLUMN larder_id BIGINT NOT NULL"
                + " AUTO_INCREMENT PRIMARY KEY;"));
  }

  @Test
  public void namesEachMissingRight() throws Exception {
    MYSQL.run("GRANT SELECT (line) ON shop.log TO 'weak'@'%'");
    MYSQL.run("GRANT INSERT ON shop.orders TO 'weak'@'%'");

    assertThat(
        problems(SourceChecks.run(MYSQL.as("weak", "weak"), List.of("orders", "none"))),
        contains(
            "ERROR right REPLICATION CLIENT: user weak lacks it: the log's position cannot be"
                + " recorded before a snapshot. Run as an administrator: GRANT REPLICATION CLIENT"
                + " ON *.* TO 'weak'@'%';",
            "ERROR right REPLICATION SLAVE: user weak lacks it: the log cannot be followed. Run as"
                + " an administrator: GRANT REPLICATION SLAVE ON *.* TO 'weak'@'%';",
            "ERROR table none: is not in database shop, or user weak may not see it. Correct the"
                + " name, or run as an administrator: GRANT SELECT ON `shop`.`none` TO"
                + " 'weak'@'%';",
            "ERROR table orders: may not be read by user weak. Run as an administrator: GRANT"
                + " SELECT ON `shop`.`orders` TO 'weak'@'%';"));
  }

  @Test
  public void judgesTheServersOwnSettings() throws Exception {
    String format = MYSQL.value("SELECT @@GLOBAL.binlog_format");
    try {
      MYSQL.run("SET GLOBAL binlog_format = 'STATEMENT'");

      assertThat(
          problems(SourceChecks.run(MYSQL.source(), List.of("orders"))),
          contains(
              "ERROR binlog_format: is STATEMENT: the log holds statements instead of the rows they"
                  + " changed. Run: SET PERSIST binlog_format = 'ROW'; It holds for connections"
                  + " made after it: restart the applications that write, or the server."));
    } finally {
      MYSQL.run("SET GLOBAL binlog_format = '" + format + "'");
    }
  }

  @Test
  public void saysWhoMayNotLogIn() throws Exception {
    Source weak = MYSQL.as("weak", "wrong");

    SourceException e =
        assertThrows(SourceException.class, () -> SourceChecks.run(weak, List.of()));

    assertThat(
        e.getMessage().replaceAll("'weak'@'[^%']+'", "'weak'@'here'"),
        is(
            "Source pos: cannot connect to MySQL at "
                + weak.address()
                + ", database shop, as user weak: Access denied for user 'weak'@'here'"
                + " (using password: YES). Check that the user may log in from this machine and"
                + " that "
                + weak.password()
                + " holds its password. To create it: CREATE USER 'weak'@'%' IDENTIFIED BY"
                + " '...';"));
  }

  @Test
  public void saysWhichDatabaseIsUnknown() {
    Source elsewhere = MYSQL.administrator("nowhere");

    SourceException e = assertThrows(SourceException.class, () -> Connections.open(elsewhere));

    assertThat(
        e.getMessage(),
        is(
            "Source pos: cannot connect to MySQL at "
                + elsewhere.address()
                + ", database nowhere, as user "
                + elsewhere.user()
                + ": Unknown database 'nowhere'. Check the database's name, or: GRANT SELECT ON"
                + " `nowhere`.* TO '"
                + elsewhere.user()
                + "'@'%';"));
  }

  @Test
  public void saysWhichRightThePositionNeeds() throws Exception {
    MYSQL.run("GRANT SELECT ON shop.* TO 'weak'@'%'");
    Source weak = MYSQL.as("weak", "weak");
    try (Connection connection = Connections.open(weak)) {
      SourceException e =
          assertThrows(SourceException.class, () -> BinlogPosition.current(weak, connection));

      assertThat(
          e.getMessage(),
          is(
              "Source pos ("
                  + weak.address()
                  + "): user weak may not ask for the binlog's position. Run as an administrator:"
                  + " GRANT REPLICATION CLIENT ON *.* TO 'weak'@'%';"));
    }
  }

  @Test
  public void writesNothing() throws Exception {
    try (Connection connection = Connections.open(MYSQL.administrator("shop"))) {
      SQLException e =
          assertThrows(
              SQLException.class,
              () -> connection.createStatement().execute("INSERT INTO orders VALUES (1)"));

      assertThat(JdbcErrors.plain(e), is("Cannot execute statement in a READ ONLY transaction."));
    }
  }
}
