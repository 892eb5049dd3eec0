package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowDigest;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

public final class JdbcSnapshotsIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private static final BinlogPosition P0 =
      new BinlogPosition("binlog.000003", 157, "", 1_700_000_000_000_000L);

  @Before
  public void startEmpty() throws SQLException {
    MYSQL.startEmpty();
  }

  /** A table whose rows are these numbers, as it is planned with a range for every two rows. */
  private static TablePlan plan(String table, String definition, String... rows)
      throws SQLException {
    MYSQL.run("CREATE TABLE " + table + " (" + definition + ")");
    if (rows.length > 0) {
      MYSQL.run("INSERT INTO " + table + " VALUES (" + String.join("), (", rows) + ")");
    }
    MYSQL.run("ANALYZE TABLE " + table);
    return plan(table, 2);
  }

  private static TablePlan plan(String name, int rowsPerRange) throws SQLException {
    Source source = MYSQL.source();
    try (Connection connection = Connections.open(source)) {
      Catalogue catalogue = Catalogue.read(source, connection);
      return RangePlanner.withDefaults()
          .withRowsPerRange(rowsPerRange)
          .plan(catalogue, connection, catalogue.table(name), P0);
    }
  }

  private PCollection<String> texts(PCollection<ChangeRecord> records) {
    return records.apply(MapElements.into(TypeDescriptors.strings()).via(JdbcSnapshotsIT::text));
  }

  private static String text(ChangeRecord record) {
    StringBuilder text = new StringBuilder(record.table().id().table());
    for (int i = 0; i < record.after().length; i++) {
      Object value = record.after()[i];
      text.append(' ')
          .append(
              value == null
                  ? "null"
                  : Values.text(record.table().columns().column(i).type(), value));
    }
    return text.toString();
  }

  private PCollection<ChangeRecord> read(TablePlan... plans) {
    List<TableRange> ranges = new ArrayList<>();
    for (TablePlan plan : plans) {
      ranges.addAll(plan.ranges());
    }
    return pipeline
        .apply(Create.of(ranges))
        .apply(JdbcSnapshots.readRanges().from(List.of(MYSQL.source())).withFetchSize(2));
  }

  @Test
  public void readsManyTablesInOneGraph() throws SQLException {
    TablePlan orders =
        plan(
            "orders",
            "id BIGINT PRIMARY KEY, total DECIMAL(10,2)",
            "1, 1.5",
            "2, NULL",
            "3, 3",
            "1000, 4",
            "1001, 5");
    TablePlan keys =
        plan("units", "id INT, sub INT, PRIMARY KEY (id, sub)", "1, 1", "1, 2", "2, 1", "9, 1");
    TablePlan texts = plan("products", "sku VARCHAR(9) PRIMARY KEY", "'b'", "'A'", "'c'");

    PAssert.that(texts(read(orders, keys, texts)))
        .containsInAnyOrder(
            "orders 1 1.50",
            "orders 2 null",
            "orders 3 3.00",
            "orders 1000 4.00",
            "orders 1001 5.00",
            "units 1 1",
            "units 1 2",
            "units 2 1",
            "units 9 1",
            "products b",
            "products A",
            "products c");
    pipeline.run().waitUntilFinish();

    assertThat(orders.ranges(), hasSize(greaterThan(1)));
    assertThat(keys.ranges(), hasSize(greaterThan(1)));
    assertThat(texts.ranges(), hasSize(greaterThan(1)));
  }

  @Test
  public void rowsAreUsedWhereTheyAreReadAndOneElementARangeIsHandedOn() throws SQLException {
    TablePlan orders = plan("orders", "id BIGINT PRIMARY KEY", "1", "2", "3", "1000", "1001");
    TablePlan none = plan("nothing", "id BIGINT PRIMARY KEY");
    List<TableRange> ranges = new ArrayList<>(orders.ranges());
    ranges.addAll(none.ranges());

    PCollection<String> used =
        pipeline
            .apply(Create.of(ranges))
            .apply(
                JdbcSnapshots.readRanges()
                    .from(List.of(MYSQL.source()))
                    .into(JdbcSnapshotsIT::joined, StringUtf8Coder.of()));

    PAssert.thatSingleton(used.apply("Elements", Count.globally())).isEqualTo((long) ranges.size());
    PAssert.that(
            used.apply(
                FlatMapElements.into(TypeDescriptors.strings())
                    .via(texts -> texts.isEmpty() ? List.of() : List.of(texts.split(",")))))
        .containsInAnyOrder("orders 1", "orders 2", "orders 3", "orders 1000", "orders 1001");
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Map<String, Long> counters = counters(result);
    counters.keySet().removeIf(name -> name.startsWith("table_"));
    assertThat(
        counters,
        is(Map.of(MetricNames.ROWS_READ, 5L, MetricNames.RANGES_READ, (long) ranges.size())));
  }

  private static String joined(TableChanges changes) {
    List<String> texts = new ArrayList<>();
    changes.forEach(change -> texts.add(text(change)));
    return String.join(",", texts);
  }

  @Test
  public void cutsSkewedKeysIntoRangesOfAboutEqualRows() throws SQLException {
    MYSQL.run(
        "SET cte_max_recursion_depth = 200000",
        "CREATE TABLE orders (id BIGINT PRIMARY KEY, note CHAR(40))",
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < 100000) SELECT CASE WHEN i <= 50000 THEN i WHEN i <= 90000 THEN 1000000000000 +"
            + " i * 10 ELSE 2000000000000000 + i * 1000003 END, 'x' FROM n",
        "ANALYZE TABLE orders");

    TablePlan plan = plan("orders", 10_000);

    List<Long> counts = new ArrayList<>();
    for (TableRange range : plan.ranges()) {
      counts.add(
          Long.valueOf(
              MYSQL.value("SELECT COUNT(*) FROM orders WHERE " + range.range().condition())));
    }
    assertThat(counts.stream().mapToLong(Long::longValue).sum(), is(100_000L));
    assertThat(counts, everyItem(lessThan(15_000L)));
    assertThat(counts, hasSize(lessThan(18)));
    assertThat(
        plan.ranges().stream().mapToLong(TableRange::estimatedRows).sum(), greaterThan(90_000L));
  }

  @Test
  public void readsUnsignedAndNegativeKeysToTheirEnds() throws SQLException {
    TablePlan unsigned =
        plan(
            "big",
            "id BIGINT UNSIGNED PRIMARY KEY",
            "0",
            "1",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615");
    TablePlan signed =
        plan(
            "small",
            "id BIGINT PRIMARY KEY",
            "-9223372036854775808",
            "-1",
            "0",
            "9223372036854775807");

    PAssert.that(texts(read(unsigned, signed)))
        .containsInAnyOrder(
            "big 0",
            "big 1",
            "big 9223372036854775807",
            "big 9223372036854775808",
            "big 18446744073709551615",
            "small -9223372036854775808",
            "small -1",
            "small 0",
            "small 9223372036854775807");
    pipeline.run().waitUntilFinish();

    assertThat(unsigned.ranges(), hasSize(greaterThan(1)));
    assertThat(signed.ranges(), hasSize(greaterThan(1)));
  }

  @Test
  public void readsRowsThatCameAfterThePlan() throws SQLException {
    TablePlan plan = plan("orders", "id INT PRIMARY KEY", "10", "20", "30", "40");
    MYSQL.run("INSERT INTO orders VALUES (-5), (99)");

    PAssert.that(texts(read(plan)))
        .containsInAnyOrder(
            "orders -5", "orders 10", "orders 20", "orders 30", "orders 40", "orders 99");
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void readsEmptyTablesAndTablesOfOneRow() throws SQLException {
    TablePlan none = plan("none", "id INT PRIMARY KEY");
    TablePlan one = plan("one", "id INT PRIMARY KEY", "7");

    PAssert.that(texts(read(none, one))).containsInAnyOrder("one 7");
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void readsATableWithoutAKeyWholeAndWarns() throws SQLException {
    TablePlan plan = plan("log", "line INT, note VARCHAR(9)", "1, 'a'", "1, 'a'", "2, NULL");

    PAssert.that(texts(read(plan))).containsInAnyOrder("log 1 a", "log 1 a", "log 2 null");
    pipeline.run().waitUntilFinish();

    assertThat(plan.ranges(), hasSize(1));
    assertThat(
        plan.warning().orElseThrow(),
        is(
            "Table pos.log has neither a primary key nor a unique key: it is read whole by one"
                + " connection, and rows that are equal in every column cannot be told apart. Give"
                + " it a key: ALTER TABLE `log` ADD COLUMN larder_id BIGINT NOT NULL AUTO_INCREMENT"
                + " PRIMARY KEY;"));
  }

  @Test
  public void recordsCarryThePositionBeforeTheSnapshot() throws SQLException {
    TablePlan plan = plan("orders", "id INT PRIMARY KEY", "1");

    PAssert.thatSingleton(read(plan))
        .satisfies(
            record -> {
              assertThat(record.operation(), is(Operation.READ));
              assertThat(record.origin(), is(Origin.SNAPSHOT));
              assertThat(record.sequence(), is(Sequence.of("binlog.000003", 157, 0)));
              assertThat(record.committedAt(), is(1_700_000_000_000_000L));
              assertThat(record.table().key(), is(List.of("id")));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void readsTwoSourcesInOneGraph() throws SQLException {
    TablePlan pos = plan("orders", "id INT PRIMARY KEY", "1");
    MYSQL.run("CREATE TABLE erp.orders (id INT PRIMARY KEY)", "INSERT INTO erp.orders VALUES (2)");
    Source erp = MYSQL.source("erp", "erp");
    TablePlan other;
    try (Connection connection = Connections.open(erp)) {
      Catalogue catalogue = Catalogue.read(erp, connection);
      other =
          RangePlanner.withDefaults().plan(catalogue, connection, catalogue.table("orders"), P0);
    }

    PAssert.that(
            pipeline
                .apply(Create.of(pos.ranges().get(0), other.ranges().get(0)))
                .apply(JdbcSnapshots.readRanges().from(List.of(MYSQL.source(), erp)))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(record -> record.table().id() + " " + record.after()[0])))
        .containsInAnyOrder("pos.orders 1", "erp.orders 2");
    pipeline.run().waitUntilFinish();
  }

  private static final MetricsFilter OURS =
      MetricsFilter.builder()
          .addNameFilter(MetricNameFilter.inNamespace(JdbcSnapshots.class))
          .build();

  private static Map<String, Long> counters(PipelineResult result) {
    Map<String, Long> counters = new HashMap<>();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(OURS).getCounters()) {
      counters.put(counter.getName().getName(), counter.getCommitted());
    }
    return counters;
  }

  @Test
  public void countsRowsAndRanges() throws SQLException {
    TablePlan plan = plan("orders", "id INT PRIMARY KEY", "1", "2", "3", "4");

    read(plan);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    Map<String, Long> counters = counters(result);
    RowDigest digest = new RowDigest();
    List.of(1L, 2L, 3L, 4L).forEach(id -> digest.add(new Object[] {id}));
    assertThat(counters.remove(MetricNames.TABLE_MS + "pos.orders") >= 0, is(true));
    assertThat(
        counters,
        is(
            Map.of(
                MetricNames.ROWS_READ,
                4L,
                MetricNames.RANGES_READ,
                2L,
                MetricNames.TABLE_RANGES + "pos.orders",
                2L,
                MetricNames.TABLE_ROWS + "pos.orders",
                4L,
                MetricNames.TABLE_BYTES + "pos.orders",
                32L,
                MetricNames.TABLE_CHECKSUM + "pos.orders",
                digest.checksum())));
    assertThat(
        result
            .metrics()
            .queryMetrics(OURS)
            .getDistributions()
            .iterator()
            .next()
            .getCommitted()
            .getCount(),
        is(2L));
  }

  @Test
  public void goesOnBehindTheLastRowWhenTheConnectionIsKilled() throws SQLException {
    MYSQL.run(
        "SET cte_max_recursion_depth = 100000",
        "CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(2000))",
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < 20000) SELECT i, REPEAT('x', 2000) FROM n");
    TableRange range = plan("orders", 100_000).ranges().get(0);
    RangeScan scan =
        new RangeScan(
            new RangeReads(
                Map.of("pos", MYSQL.source()),
                1,
                new RetryPolicy(3, java.time.Duration.ofMillis(10)),
                BrakeLimits.NONE));
    scan.fetchSize(10);
    scan.bind(range);
    scan.open();

    long expected = 1;
    while (scan.next()) {
      if (expected == 100 || expected == 5_000) {
        MYSQL.killReader();
      }
      assertThat(scan.record().after()[0], is(expected++));
    }

    assertThat(expected, is(20_001L));
    scan.close();
  }

  @Test
  public void saysWhereAReadBrokeOffForGood() throws SQLException {
    TablePlan plan = plan("gone", "id INT PRIMARY KEY", "1", "2", "3", "4");
    MYSQL.run("DROP TABLE gone");

    read(plan);
    Pipeline.PipelineExecutionException e =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish());

    assertThat(e.getCause().getClass(), is((Object) SourceException.class));
    assertThat(
        e.getCause().getMessage().replaceFirst("\\[.*\\) of id", "[...) of id"),
        is(
            "Table pos.gone: reading [...) of id broke off after 0 rows (attempt 1): Table"
                + " 'shop.gone' doesn't exist. Check the server's error log and the network, then"
                + " start the snapshot again."));
  }

  @Test
  public void positionMovesWithEveryCommit() throws SQLException {
    MYSQL.run("CREATE TABLE orders (id INT PRIMARY KEY)");
    Source source = MYSQL.source();
    try (Connection connection = Connections.open(source)) {
      BinlogPosition before = BinlogPosition.current(source, connection);
      MYSQL.run("INSERT INTO orders VALUES (1)");
      BinlogPosition after = BinlogPosition.current(source, connection);

      assertThat(after.sequence(), greaterThan(before.sequence()));
      assertThat(after.recordedAt(), greaterThan(before.recordedAt()));
      // Other classes' tests share the server: of one, a transaction has an origin of its own.
      String ofOneOrigin = "[0-9a-f-]{36}(:\\d+(-\\d+)?)+";
      assertThat(after.gtidSet(), matchesPattern(ofOneOrigin + "(," + ofOneOrigin + ")*"));
      assertThat(
          Math.abs(after.recordedAt() / 1_000_000 - System.currentTimeMillis() / 1_000) < 60,
          is(true));
    }
  }
}
