package dev.larder.testdata.binlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.testdata.fire.FireDatabase;
import dev.larder.testdata.fire.FireWriter;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import dev.larder.testdata.services.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The oracle on a real server: what it says happened is what was done. */
public class ReplayIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final int ITEMS = 2_000;
  private static final int WRITERS = 2;
  private static final int CHANGES = 4_000;

  private static Services services;
  private static MySqlServer server;

  @BeforeClass
  public static void startServer() throws Exception {
    TestPlatform.assumeSupported();
    services =
        Services.in(FOLDER.getRoot().toPath())
            .withMySql(MySqlSetup.named(FireDatabase.NAME).withDatabase("told"))
            .start();
    server = services.mySql(FireDatabase.NAME);
    FireDatabase.create(server, ITEMS);
  }

  @AfterClass
  public static void stopServer() {
    if (services != null) {
      services.close();
    }
  }

  @Test
  public void tellsEachVersionOfEachRowInOrder() throws Exception {
    try (Sql sql = server.connect("told", server.app())) {
      sql.run(
          "CREATE TABLE t (id INT PRIMARY KEY, big BIGINT UNSIGNED, small TINYINT, price"
              + " DECIMAL(8,3), real_one DOUBLE, day DATE, moment DATETIME(6), instant"
              + " TIMESTAMP(3) NULL, kind ENUM('a','b,c'), bytes VARBINARY(4), text VARCHAR(20))",
          "SET SESSION time_zone = '+02:00'",
          "INSERT INTO t (id, text) VALUES (1, 'before'), (2, 'other')");
    }
    TrueState start = TrueState.read(server, "told");
    try (Sql sql = server.connect("told", server.admin())) {
      sql.run(
          "SET SESSION time_zone = '+02:00'",
          "UPDATE t SET big = 18446744073709551615, small = -1, price = -0.5, real_one = 1e3, day ="
              + " '1000-01-01', moment = '2026-03-29 02:30:00.000001', instant = '2026-03-29"
              + " 12:00:00.123', kind = 'a', bytes = X'00FF', text = '🍕' WHERE id = 1",
          "UPDATE t SET id = 3 WHERE id = 1",
          "DELETE FROM t WHERE id = 2",
          "FLUSH BINARY LOGS",
          "INSERT INTO t (id, text) VALUES (4, 'four'), (1, 'again')",
          "TRUNCATE TABLE t",
          "INSERT INTO t (id, text) VALUES (4, 'new')");
    }

    Replay replay = Replay.since(start, server);

    SourceTable table = replay.table("t");
    List<String> full =
        List.of(
            "18446744073709551615",
            "-1",
            "-0.500",
            "1000",
            "1000-01-01",
            "2026-03-29T02:30:00.000001",
            "2026-03-29T10:00:00.123000Z",
            "a",
            "00ff",
            "🍕");
    assertThat(
        replay.versions(table, start.place()).get(List.of("1")),
        contains(only("1", "before"), row("1", full), null, only("1", "again"), null));
    assertThat(
        replay.versions(table, start.place()).get(List.of("2")),
        contains(only("2", "other"), null));
    assertThat(
        replay.versions(table, start.place()).get(List.of("3")), contains(row("3", full), null));
    assertThat(
        replay.versions(table, start.place()).get(List.of("4")),
        contains(only("4", "four"), null, only("4", "new")));
    List<RowChange> changes = replay.changes(table, start.place());
    assertThat(changes.get(4).row(), is(1));
    assertThat(changes.get(3).place(), is(changes.get(4).place()));
    assertThat(changes.get(3).place(), is(greaterThan(changes.get(2).place())));
    assertThat(changes.get(5).isTruncate(), is(true));
  }

  private static List<String> row(String id, List<String> others) {
    List<String> row = new ArrayList<>(List.of(id));
    row.addAll(others);
    return row;
  }

  private static List<String> only(String id, String text) {
    List<String> row = new ArrayList<>(java.util.Collections.nCopies(11, null));
    row.set(0, id);
    row.set(10, text);
    return row;
  }

  @Test
  public void provesItselfOnWritersUnderLoad() throws Exception {
    TrueState start = TrueState.read(server, FireDatabase.NAME);
    List<FireWriter> writers = new ArrayList<>();
    List<CompletableFuture<Void>> written = new ArrayList<>();
    for (int part = 0; part < WRITERS; part++) {
      FireWriter writer = new FireWriter(server, 7, part, WRITERS, ITEMS, 1e9);
      writers.add(writer);
      written.add(
          CompletableFuture.runAsync(() -> writer.runUntil(() -> writer.changes() > CHANGES)));
    }
    written.forEach(CompletableFuture::join);

    Replay replay = Replay.since(start, server);

    long changes =
        replay.tables().stream().mapToLong(t -> replay.changes(t, start.place()).size()).sum();
    assertThat(changes, is(greaterThan((long) CHANGES)));
    assertThat(
        replay.tables().stream().map(SourceTable::name).toList(),
        contains("items", "owners", "stocks"));
  }

  @Test
  public void refusesALogThatContradictsTheRows() throws Exception {
    TrueState start = TrueState.read(server, FireDatabase.NAME);
    try (Sql sql = server.connect(FireDatabase.NAME, server.admin())) {
      sql.run(
          "UPDATE owners SET city = 'told' WHERE number = 1",
          "SET SESSION sql_log_bin = 0",
          "UPDATE owners SET city = 'not told' WHERE number = 1");
    }

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> Replay.since(start, server));

    assertThat(refused.getMessage(), containsString("owners: the rows after the last change"));
    assertThat(refused.getCause(), is(nullValue()));
  }
}
