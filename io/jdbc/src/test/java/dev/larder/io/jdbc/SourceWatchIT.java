package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** What is refused while a snapshot reads, with the whole message. */
public final class SourceWatchIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final String ANEW = " Then begin another snapshot: larder snapshot --anew=true";

  private Source source;
  private BinlogPosition start;
  private SourceWatch watch;

  @Before
  public void begin() throws SQLException {
    MYSQL.startEmpty();
    MYSQL.run(
        "CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(9), total DECIMAL(10,2))",
        "CREATE TABLE units (code CHAR(3) PRIMARY KEY)");
    source = MYSQL.source();
    watch();
  }

  private void watch() throws SQLException {
    try (Connection connection = Connections.open(source)) {
      start = BinlogPosition.current(source, connection);
      Catalogue catalogue = Catalogue.read(source, connection);
      watch =
          new SourceWatch(
              source, start, List.of(catalogue.table("orders"), catalogue.table("units")));
    }
  }

  private String refusal(Class<? extends LarderException> kind, Runnable check) {
    String message = assertThrows(kind, check::run).getMessage();
    return message.replace(source.address(), "HOST").replace(place(), "P0");
  }

  private String place() {
    return start.file() + ":" + start.position();
  }

  @Test
  public void nothingIsRefusedWhereNothingChanged() throws SQLException {
    MYSQL.run("INSERT INTO orders VALUES (1, 'a', 2)");

    watch.requireTables();
    watch.requireNoStatement();
    watch.requireLog(start.file(), start.position());
  }

  @Test
  public void columnsAndIndexesMayBeAdded() throws Exception {
    aSecondLater();
    MYSQL.run("ALTER TABLE orders ADD extra INT", "ALTER TABLE orders ADD INDEX (note)");

    watch.requireTables();
    watch.requireRows();
  }

  @Test
  public void keyColumnDropped() throws SQLException {
    MYSQL.run("ALTER TABLE orders DROP PRIMARY KEY, DROP COLUMN id, MODIFY note VARBINARY(9)");

    assertThat(
        refusal(SourceException.class, watch::requireTables),
        is(
            "Table pos.orders (HOST) was altered while the snapshot reads it: key column id is"
                + " gone; column note was string and is binary. Rows read before and after do not"
                + " fit together. Correct the model if it names what is gone."
                + ANEW));
  }

  @Test
  public void tableGone() throws SQLException {
    MYSQL.run("RENAME TABLE orders TO old_orders");

    assertThat(
        refusal(SourceException.class, watch::requireTables),
        is(
            "Table pos.orders is gone while the snapshot reads it: it was dropped or renamed in"
                + " database shop at HOST, or user cdc may no longer see it. Put it back or take it"
                + " out of the model (or --tables), or: GRANT SELECT ON `shop`.`orders` TO"
                + " 'cdc'@'%';"
                + ANEW));
  }

  @Test
  public void tableMadeAnew() throws Exception {
    aSecondLater();
    MYSQL.run("DROP TABLE units", "CREATE TABLE units (code CHAR(3) PRIMARY KEY)");

    assertThat(
        refusal(SourceException.class, watch::requireRows),
        is(
            "Source pos (HOST): behind P0, where the snapshot began (P0), the log has: DROP TABLE"
                + " `units`. It took rows away without telling which, so what the table held at P0"
                + " cannot be known."
                + ANEW));
  }

  @Test
  public void tableAlteredAndBackBeforeTheLogIsFollowed() throws SQLException {
    MYSQL.run("ALTER TABLE units ADD x INT", "ALTER TABLE units DROP x");
    watch.requireTables();

    assertThat(
        refusal(NotReadyException.class, watch::requireNoStatement),
        is(
            "Source pos (HOST): a table was altered behind P0 (P0), before the connector had learnt"
                + " the tables: ALTER TABLE units ADD x INT. The connector would misread what was"
                + " written before. Delete the connector and its schema history."
                + ANEW));
  }

  @Test
  public void statementInALaterFileOfTheLog() throws SQLException {
    MYSQL.run("FLUSH BINARY LOGS", "FLUSH BINARY LOGS", "ALTER TABLE units ADD x INT");

    assertThrows(NotReadyException.class, watch::requireNoStatement);
  }

  @Test
  public void logPurged() throws SQLException {
    MYSQL.run("FLUSH BINARY LOGS");
    String next = MYSQL.current();
    MYSQL.run("PURGE BINARY LOGS TO '" + next + "'");

    assertThat(
        refusal(SourceException.class, () -> watch.requireLog(start.file(), start.position())),
        is(
            "Source pos (HOST) no longer has its binlog from P0 on: it has "
                + next
                + " to "
                + next
                + ". The snapshot that began at P0 (P0) cannot be joined with the log. Let the"
                + " server keep its log for longer than a snapshot takes: SET PERSIST"
                + " binlog_expire_logs_seconds = 604800;"
                + ANEW));
    watch.requireLog(next, 4);
  }

  @Test
  public void clockThatGoesBack() throws SQLException {
    BinlogPosition later =
        new BinlogPosition(start.file(), start.position(), "", start.recordedAt() + 5_000_000);
    watch.requireClock(later);
    MYSQL.run("SET GLOBAL init_connect = 'SET timestamp = 1000000000'");
    BinlogPosition now;
    try (Connection connection = Connections.open(source)) {
      now = BinlogPosition.current(source, connection);
    } finally {
      MYSQL.run("SET GLOBAL init_connect = ''");
    }

    assertThat(
        refusal(NotReadyException.class, () -> watch.requireClock(now)),
        is(
            "The clock of source pos (HOST) went back: it said "
                + dev.larder.io.changes.Values.instant(later.recordedAt())
                + " and now says 2001-09-09T01:46:40Z. Changes would seem older than the snapshot"
                + " they follow. Set the server's clock (time synchronisation), wait until it is"
                + " later than it was, and start again: the snapshot goes on."));
  }

  /** The catalogue tells when a table was made to the second. */
  private void aSecondLater() throws SQLException {
    MYSQL.run("DO SLEEP(1.1)");
  }
}
