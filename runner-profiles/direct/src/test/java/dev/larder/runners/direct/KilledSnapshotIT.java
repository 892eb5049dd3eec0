package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.TableId;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotWaves;
import dev.larder.pipelines.ledger.TableTotals;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A snapshot whose process is killed (kill -9) at random moments and started again, until it is
 * done. Bronze must be that of a snapshot which nobody disturbed, and the server must not have read
 * the rows of finished waves again: its own counters tell.
 *
 * <p>More of it: {@code -Dsnapshot.rows=2000000 -Dsnapshot.kills=20 -Dsnapshot.seed=7}.
 */
public class KilledSnapshotIT {
  @ClassRule public static final TemporaryFolder SERVERS = new TemporaryFolder();

  private static final int ROWS = Integer.getInteger("snapshot.rows", 40_000);
  private static final int KILLS = Integer.getInteger("snapshot.kills", 2);
  private static final long SEED = Long.getLong("snapshot.seed", 42);
  private static final int RANGES = 40;
  private static final int RANGES_A_WAVE = 4;
  private static final int MAX_PROCESSES = 20 * KILLS + 2;
  private static final long MAX_DELAY_MS = Integer.getInteger("snapshot.delay", 300);
  private static final TableId ORDERS = TableId.parse("shop.orders");
  private static final List<String> TABLES = List.of("orders", "units", "shelves", "nothing");
  private static final String MODEL =
      """
      vault: shop
      sources:
        shop: {database: shop, record_source: SHOP.MySQL}
      hubs:
        order: {key: number}
        unit: {key: code}
        shelf: {key: number}
        thing: {key: number}
      tables:
        shop.orders: {order: id, satellites: {order_shop: {of: order, columns: [note, total]}}}
        shop.units: {unit: code}
        shop.shelves: {shelf: id}
        shop.nothing: {thing: id}
      """;

  private static Path folder;
  private static Services services;
  private static Path undisturbed;
  private static Path killed;

  /** Rows of orders in waves that were done when the last process started. */
  private static long rowsDoneBefore;

  /** Rows of orders that the server read since. */
  private static long rowsReadSince;

  private static final List<String> SAID = new ArrayList<>();

  @BeforeClass
  public static void snapshotAndKill() throws Exception {
    ChainSandbox.assumeSupported();
    folder = Path.of("target", "it", "KilledSnapshotIT").toAbsolutePath();
    Folders.empty(folder);
    Files.writeString(folder.resolve("vault.yaml"), MODEL);
    services =
        Services.in(SERVERS.getRoot().toPath())
            .withMySql(MySqlSetup.named("shop").withFlag("--performance-schema=ON"))
            .start();
    fill();
    undisturbed = folder.resolve("undisturbed");
    larder("snapshot", options(undisturbed)).succeeded();
    killed = folder.resolve("killed");
    kill();
    finish();
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
  }

  private static void fill() throws SQLException {
    try (Sql sql = sql()) {
      sql.run(
          "SET cte_max_recursion_depth = 100000000",
          "CREATE TABLE orders (id BIGINT PRIMARY KEY, note VARCHAR(60), total DECIMAL(10,2))",
          "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < "
              + ROWS
              + ") SELECT i * 3, CONCAT('order ', MD5(i)), i / 7 FROM n",
          "CREATE TABLE units (code CHAR(3) PRIMARY KEY)",
          "INSERT INTO units VALUES ('A01'), ('B02')",
          "CREATE TABLE shelves (id INT PRIMARY KEY)",
          "INSERT INTO shelves VALUES (1), (2), (3)",
          "CREATE TABLE nothing (id INT PRIMARY KEY)",
          "ANALYZE TABLE orders, units, shelves, nothing");
    }
  }

  private static List<String> options(Path lake) {
    MySqlServer shop = services.mySql("shop");
    return List.of(
        "--model=" + folder.resolve("vault.yaml"),
        "--source=shop=" + shop.sourceUrl("shop", shop.snapshot()),
        "--lake=" + lake,
        "--maxConnections=2",
        "--rangeRows=" + ROWS / RANGES,
        "--waveRows=" + ROWS / RANGES * RANGES_A_WAVE);
  }

  /** Kills at a random moment behind the plan of a wave; a process that has ended is no kill. */
  private static void kill() throws Exception {
    Random random = new Random(SEED);
    int cut = 0;
    for (int i = 0; cut < KILLS; i++) {
      assertThat("processes started", i, is(lessThan(MAX_PROCESSES)));
      long before = ledger().last(Ledger.WAVE, State.PLANNED);
      try (LarderProcess snapshot =
          LarderProcess.start(
              folder.resolve("snapshot-" + i + ".log"), "snapshot", options(killed))) {
        snapshot.awaitOrEnd(
            "a wave that it has planned itself",
            () -> ledger().last(Ledger.WAVE, State.PLANNED) > before);
        TimeUnit.MILLISECONDS.sleep(random.nextLong(MAX_DELAY_MS));
        snapshot.kill();
        SAID.add(snapshot.said());
      }
      if (ledger().find(Ledger.SNAPSHOT, 1, State.DONE).isPresent()) {
        Folders.empty(killed); // it was too fast: that was no kill
        SAID.clear();
        cut = 0;
      } else if (ledger().last(Ledger.WAVE, State.PLANNED) > before) {
        cut++;
      }
    }
  }

  private static void finish() throws Exception {
    await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () ->
                value(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE user ="
                            + " 'snapshot'")
                    == 0);
    SnapshotWaves waves = new SnapshotWaves(ledger(), 1);
    rowsDoneBefore = waves.totals().getOrDefault(ORDERS, TableTotals.NONE).rows();
    if (waves.unfinished().isPresent()
        && DeltaTable.of(killed.toString(), "bronze/shop/orders").batch(Ledger.WAVE)
            >= waves.unfinished().get().number()) {
      rowsDoneBefore = bronze(killed, "orders").values().stream().mapToInt(n -> n).sum();
    }
    try (Sql sql = sql()) {
      sql.run("TRUNCATE performance_schema.table_io_waits_summary_by_table");
    }
    Command last = larder("snapshot", options(killed)).succeeded();
    SAID.add(last.said());
    rowsReadSince =
        value(
            "SELECT COUNT_FETCH FROM performance_schema.table_io_waits_summary_by_table WHERE"
                + " object_schema = 'shop' AND object_name = 'orders'");
  }

  @Test
  public void bronzeIsThatOfAnUndisturbedSnapshot() {
    for (String table : TABLES) {
      Map<String, Integer> expected = bronze(undisturbed, table);
      assertThat(table, bronze(killed, table).equals(expected), is(true));
    }
    assertThat(bronze(killed, "orders").size(), is(ROWS));
  }

  @Test
  public void rowsOfFinishedWavesWereNotReadAgain() {
    long left = ROWS - rowsDoneBefore;

    assertThat("finished before", rowsDoneBefore, is(greaterThan(0L)));
    // The end of a range is found by a fetch of its own.
    assertThat(
        "rows read",
        rowsReadSince,
        is(both(greaterThanOrEqualTo(left)).and(lessThanOrEqualTo(left + 4 * RANGES))));
  }

  @Test
  public void saysThatItGoesOn() {
    assertThat(
        SAID.get(SAID.size() - 1),
        containsString(
            "Snapshot 1 was not finished; it goes on where it stopped, with its own tables and"
                + " ranges. (--anew=true begins another one.)"));
  }

  @Test
  public void reportsTellTheSameOfBothSnapshots() throws IOException {
    Map<String, String> expected = reported(undisturbed);

    assertThat(reported(killed), is(expected));
    assertThat(
        expected.get("shop.orders").replaceAll("[0-9a-f]{16}$", "CHECKSUM"),
        is(ROWS + " rows, " + expectedBytes() + " bytes, CHECKSUM"));
    assertThat(expected.get("shop.nothing"), is("0 rows, 0 bytes, 0000000000000000"));
  }

  /** BIGINT and DECIMAL count 8, the text 6 and 32. */
  private static long expectedBytes() {
    return ROWS * (8L + 8 + 6 + 32);
  }

  private static Map<String, String> reported(Path lake) throws IOException {
    List<Path> reports;
    try (Stream<Path> files = Files.list(lake.resolve("ops/runs"))) {
      reports = files.sorted().toList();
    }
    JsonNode last = new ObjectMapper().readTree(reports.get(reports.size() - 1).toFile());
    Map<String, String> tables = new TreeMap<>();
    for (JsonNode table : last.get("tables")) {
      tables.put(
          table.get("table").asText(),
          "%d rows, %d bytes, %s"
              .formatted(
                  table.get("rows").asLong(),
                  table.get("bytes").asLong(),
                  table.get("checksum").asText()));
    }
    return tables;
  }

  /** Rows and how often each is there. */
  private static Map<String, Integer> bronze(Path lake, String table) {
    Map<String, Integer> rows = new HashMap<>();
    try (RowIterator stored =
        DeltaTable.of(lake.toString(), "bronze/shop/" + table)
            .latest()
            .rows(List.of("_op", "_origin", "after"))) {
      stored.forEachRemaining(row -> rows.merge(Arrays.deepToString(row), 1, Integer::sum));
    }
    return rows;
  }

  private static Ledger ledger() {
    return Ledger.open(killed.toString());
  }

  private static Sql sql() throws SQLException {
    MySqlServer shop = services.mySql("shop");
    return shop.connect("shop", shop.admin());
  }

  private static long value(String query) throws SQLException {
    try (Sql sql = sql()) {
      return Long.parseLong(sql.value(query));
    }
  }
}
