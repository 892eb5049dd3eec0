package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestName;

/**
 * A snapshot stops half-way (at a table with a date that is none), something happens to the source,
 * and the snapshot is started again: what cannot be exact any more is refused, what can goes on.
 */
public class SnapshotRefusalsIT {
  @ClassRule public static final TemporaryFolder SERVERS = new TemporaryFolder();

  @Rule public final TestName test = new TestName();

  private static final int ROWS = 4_000;
  private static final String MODEL =
      """
      vault: shop
      sources:
        shop: {database: shop, record_source: SHOP.MySQL}
      hubs:
        order: {key: number}
        visit: {key: number}
      tables:
        shop.orders: {order: id}
        shop.visits: {visit: id}
      """;

  private static Services services;
  private Path folder;

  @BeforeClass
  public static void start() throws Exception {
    ChainSandbox.assumeSupported();
    services = Services.in(SERVERS.getRoot().toPath()).withMySql("shop").start();
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
  }

  @Before
  public void stopHalfWay() throws Exception {
    folder = Path.of("target", "it", "SnapshotRefusalsIT", test.getMethodName()).toAbsolutePath();
    Folders.empty(folder);
    Files.writeString(folder.resolve("vault.yaml"), MODEL);
    run(
        "DROP TABLE IF EXISTS orders, visits",
        "SET cte_max_recursion_depth = 100000, sql_mode = 'ALLOW_INVALID_DATES'",
        "CREATE TABLE orders (id BIGINT PRIMARY KEY, note VARCHAR(60))",
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < "
            + ROWS
            + ") SELECT i, 'x' FROM n",
        "CREATE TABLE visits (id BIGINT PRIMARY KEY, day DATE)",
        "INSERT INTO visits VALUES (1, '2026-02-28'), (2, '2026-02-31')",
        "ANALYZE TABLE orders, visits");

    Command half = snapshot();

    assertThat(half.reason(), startsWith("Table shop.visits: column day holds a value that is no"));
    assertThat(half.code(), is(3));
  }

  private Command snapshot(String... more) {
    MySqlServer shop = services.mySql("shop");
    List<String> options =
        new ArrayList<>(
            List.of(
                "--model=" + folder.resolve("vault.yaml"),
                "--source=shop=" + shop.sourceUrl("shop", shop.snapshot()),
                "--lake=" + lake(),
                "--maxConnections=1",
                "--rangeRows=1000",
                "--waveRows=1000"));
    options.addAll(List.of(more));
    return larder("snapshot", options);
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private static void run(String... statements) throws SQLException {
    try (Sql sql = services.mySql("shop").connect("shop", services.mySql("shop").admin())) {
      sql.run(statements);
    }
  }

  private static void mendVisits() throws SQLException {
    run("UPDATE visits SET day = '2026-03-01' WHERE id = 2");
  }

  private long rows(String table) {
    return DeltaTable.of(lake().toString(), "bronze/shop/" + table).latest().rowCount().orElse(-1);
  }

  private void assertRefused(String what) {
    Command again = snapshot();
    assertThat(again.reason(), allOf(containsString(what), containsString("--anew=true")));
    assertThat(again.code(), is(3));
  }

  @Test
  public void goesOnWhenTheCauseIsMended() throws SQLException {
    mendVisits();

    Command again = snapshot().succeeded();

    assertThat(again.said(), containsString("Snapshot 1 was not finished; it goes on"));
    assertThat(rows("orders"), is((long) ROWS));
    assertThat(rows("visits"), is(2L));
  }

  @Test
  public void refusesToGoOnWithoutAKeyColumnAndBeginsAnewWhenAsked() throws SQLException {
    mendVisits();
    run("ALTER TABLE visits DROP COLUMN day");
    assertRefused("Table shop.visits (");

    Command anew = snapshot("--anew=true").succeeded();

    assertThat(anew.said(), containsString("Snapshot 1 is given up; another one begins."));
    assertThat(rows("orders"), is(2L * ROWS));
    Ledger ledger = Ledger.open(lake().toString());
    assertThat(ledger.find(Ledger.SNAPSHOT, 1, State.GIVEN_UP).isPresent(), is(true));
    assertThat(start(ledger, 2), is(not(start(ledger, 1))));
  }

  @Test
  public void aSnapshotAtTheVeryPlaceOfAnotherHasAnotherStart() throws SQLException {
    snapshot("--anew=true", "--tables=shop.orders").succeeded();
    snapshot("--tables=shop.orders").succeeded();

    Ledger ledger = Ledger.open(lake().toString());
    assertThat(start(ledger, 3), is(not(start(ledger, 2))));
  }

  @Test
  public void refusesToGoOnWithoutATable() throws SQLException {
    run("RENAME TABLE orders TO archive");
    try {
      Command again = snapshot();
      assertThat(
          again.reason(),
          is(
              "vault.yaml:8 tables.shop.orders: database \"shop\" of source shop has no table"
                  + " \"orders\". Known: visits."));
      assertThat(again.code(), is(2));
    } finally {
      run("DROP TABLE archive");
    }
  }

  @Test
  public void refusesToGoOnWhenTheLogWasPurged() throws SQLException {
    run("FLUSH BINARY LOGS");
    String current;
    try (Sql sql = services.mySql("shop").connect("shop", services.mySql("shop").admin())) {
      current = sql.rows("SHOW MASTER STATUS").get(0).get("File");
    }
    run("PURGE BINARY LOGS TO '" + current + "'");

    assertRefused("no longer has its binlog from");
  }

  @Test
  public void refusesToGoOnWhenTheClockWentBack() throws SQLException {
    run("SET GLOBAL init_connect = 'SET timestamp = 1000000000'");
    try {
      Command again = snapshot();
      assertThat(again.reason(), startsWith("The clock of source shop"));
      assertThat(again.code(), is(20));
    } finally {
      run("SET GLOBAL init_connect = ''");
    }
  }

  @Test
  public void refusesAUserWithoutRightsBeforeAnythingIsWritten() throws Exception {
    run(
        "CREATE USER IF NOT EXISTS 'poor'@'%' IDENTIFIED WITH mysql_native_password BY 'secret'",
        "GRANT SELECT ON shop.orders TO 'poor'@'%'",
        "GRANT SELECT (id) ON shop.visits TO 'poor'@'%'");
    Path password = Files.writeString(folder.resolve("password"), "secret");
    MySqlServer shop = services.mySql("shop");

    Command refused =
        larder(
            "snapshot",
            List.of(
                "--model=" + folder.resolve("vault.yaml"),
                "--source=shop=mysql://poor@127.0.0.1:%d/shop?password=file:%s"
                    .formatted(shop.port(), password),
                "--lake=" + folder.resolve("other")));

    assertThat(
        refused.reason(),
        allOf(
            startsWith("Source shop (127.0.0.1:"),
            containsString(
                "right REPLICATION CLIENT: user poor lacks it: the log's position cannot be"
                    + " recorded before a snapshot. Run as an administrator: GRANT REPLICATION"
                    + " CLIENT ON *.* TO 'poor'@'%';"),
            containsString(
                "table visits: may not be read by user poor. Run as an administrator: GRANT SELECT"
                    + " ON `shop`.`visits` TO 'poor'@'%';")));
    assertThat(refused.code(), is(3));
    assertThat(
        Ledger.open(folder.resolve("other").toString()).entries(Ledger.SNAPSHOT).size(), is(0));
  }

  private static Object start(Ledger ledger, long snapshot) {
    return SnapshotEntry.fromJson(ledger.planOf(Ledger.SNAPSHOT, snapshot))
        .positions()
        .get("shop")
        .sequence();
  }
}
