package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DeltaIOTest {
  private static final RowSchema HUB =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("code", ColumnType.STRING),
          Column.nullable("_seq", ColumnType.STRING));
  private static final RowSchema SAT =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("hashdiff", ColumnType.BINARY),
          Column.nullable("_seq", ColumnType.STRING));
  private static final RowSchema HISTORY =
      RowSchema.of(
          Column.nullable("ProductId", ColumnType.INT),
          Column.nullable("ProductName", ColumnType.STRING),
          Column.nullable("Current", ColumnType.BOOLEAN),
          Column.nullable("EffectiveFrom", ColumnType.TIMESTAMP),
          Column.nullable("EffectiveTo", ColumnType.TIMESTAMP));
  private static final long END = 1_000_000L;
  private static final TableSpec HUB_SPEC =
      new TableSpec(
          "vault/hub", HUB, new LoadRule.InsertIfAbsent(List.of("hk")), 4, Map.of("hash", "x"));
  private static final TableSpec SAT_SPEC =
      new TableSpec(
          "vault/sat",
          SAT,
          new LoadRule.InsertIfChanged(List.of("hk"), "_seq", List.of("hashdiff")),
          2,
          Map.of());
  private static final TableSpec HISTORY_SPEC =
      new TableSpec(
          "vault/history",
          HISTORY,
          new LoadRule.Scd2(
              List.of("ProductId"),
              List.of("ProductName"),
              "EffectiveFrom",
              "EffectiveTo",
              "Current",
              END),
          3,
          Map.of());
  private static final TableSpec LOG_SPEC =
      new TableSpec("bronze/log", HUB, new LoadRule.Append(), 1, Map.of());

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  @Rule public final TestPipeline reading = TestPipeline.create();

  private String lake;

  @Before
  public void lake() {
    reading.enableAbandonedNodeEnforcement(false);
    lake = folder.getRoot().toString();
  }

  private PipelineResult merge(long batch, TableRow... rows) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(HUB_SPEC, SAT_SPEC, HISTORY_SPEC, LOG_SPEC))
                .withTransaction("test", batch));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private PipelineResult append(long batch, TableRow... rows) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(DeltaIO.writeRows().to(lake).withTransaction("test", batch));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private DeltaSnapshot latest(String table) {
    return DeltaTable.of(lake, table).latest();
  }

  private static byte[] hash(int first, int rest) {
    byte[] hash = new byte[32];
    hash[0] = (byte) first;
    hash[31] = (byte) rest;
    return hash;
  }

  private static TableRow hub(long order, int hash, String code) {
    return Rows.put("vault/hub", HUB, order, hash(hash, 1), code, Rows.seq(order).text());
  }

  private static TableRow sat(long order, int hash, int diff) {
    return Rows.put("vault/sat", SAT, order, hash(hash, 1), hash(diff, 2), Rows.seq(order).text());
  }

  private static TableRow product(long order, long id, String name, long from) {
    return Rows.put("vault/history", HISTORY, order, id, name, null, from, null);
  }

  @Test
  public void appendsRowsOfManyTablesAndReadsThemBack() {
    TableRow one = Rows.put("bronze/pos/a", Rows.EVERY_KIND, 1, Rows.full());
    TableRow two = Rows.put("bronze/pos/a", Rows.EVERY_KIND, 2, Rows.absent(2));
    TableRow other = hub(3, 1, "x");

    append(0, one, two, other);

    PCollection<TableRow> read =
        reading.apply(DeltaIO.readRows().from(lake, List.of("bronze/pos/a", "vault/hub")));
    PAssert.that(read.apply(MapElements.into(TypeDescriptors.strings()).via(DeltaIOTest::text)))
        .containsInAnyOrder(text(one), text(two), text(other));
    reading.run();
    assertThat(latest("bronze/pos/a").schema(), is(Rows.EVERY_KIND));
  }

  private static String text(TableRow row) {
    return row.table() + " " + Rows.text(row.values());
  }

  @Test
  public void readsOnlyTheWantedColumnsOfAVersion() {
    append(0, hub(1, 1, "first"));
    append(1, hub(2, 2, "second"));

    PCollection<TableRow> read =
        reading.apply(
            DeltaIO.readRows()
                .from(lake, "vault/hub")
                .atVersion(0)
                .withColumns(List.of("_seq", "code")));
    PAssert.that(read.apply(MapElements.into(TypeDescriptors.strings()).via(DeltaIOTest::text)))
        .containsInAnyOrder("vault/hub [" + Rows.seq(1).text() + ", first]");
    reading.run();
  }

  @Test
  public void readsOnlyRowsWithinARange() {
    append(0, hub(1, 1, "a"), hub(2, 2, "b"), hub(3, 3, "c"));

    PCollection<TableRow> read =
        reading.apply(
            DeltaIO.readRows()
                .from(lake, "vault/hub")
                .where(Filter.atLeast("_seq", Rows.seq(2).text()))
                .withColumns(List.of("code")));
    PAssert.that(read.apply(MapElements.into(TypeDescriptors.strings()).via(DeltaIOTest::text)))
        .containsInAnyOrder("vault/hub [b]", "vault/hub [c]");
    reading.run();
  }

  @Test
  public void insertsTheFirstRowOfAKeyAndIgnoresLaterOnes() {
    merge(0, hub(2, 1, "later"), hub(1, 1, "first"), hub(3, 200, "other"));
    merge(1, hub(4, 1, "again"), hub(5, 2, "new"));

    assertThat(Rows.read(latest("vault/hub"), "code"), contains("[first]", "[new]", "[other]"));
    assertThat(latest("vault/hub").properties().get("larder.buckets"), is("4"));
    assertThat(latest("vault/hub").properties().get("hash"), is("x"));
  }

  @Test
  public void insertsChangedRowsOnlyWithinAndAcrossBatches() {
    merge(0, sat(1, 1, 10), sat(2, 1, 10), sat(3, 1, 11));
    merge(1, sat(4, 1, 11), sat(5, 1, 10), sat(6, 2, 10));

    assertThat(
        Rows.read(latest("vault/sat"), "_seq"),
        contains(
            "[" + Rows.seq(1).text() + "]",
            "[" + Rows.seq(3).text() + "]",
            "[" + Rows.seq(5).text() + "]",
            "[" + Rows.seq(6).text() + "]"));
  }

  @Test
  public void closesVersionsAndOpensTheNextInOneCommit() {
    merge(0, product(1, 1, "Margherita", 100), product(2, 2, "Diavola", 100));
    merge(
        1,
        product(3, 1, "Margherita XL", 200),
        Rows.delete("vault/history", HISTORY, 4, 2L, "Diavola", null, 300L, null));

    assertThat(
        Rows.read(latest("vault/history")),
        contains(
            "[1, Margherita XL, true, 200, 1000000]",
            "[1, Margherita, false, 100, 200]",
            "[2, Diavola, false, 100, 300]"));
    assertThat(latest("vault/history").version(), is(1L));
  }

  @Test
  public void keepsTheLatestRowOfAKeyAndTakesDeletes() {
    TableSpec spec =
        new TableSpec("latest", SAT, new LoadRule.Latest(List.of("hk"), "_seq"), 2, Map.of());
    TableRow[][] batches = {
      {latest(2, 1, 20), latest(1, 1, 10), latest(3, 200, 10)},
      {latest(1, 1, 30), Rows.delete("latest", SAT, 4, hash(200, 1), null, Rows.seq(4).text())}
    };
    for (int batch = 0; batch < batches.length; batch++) {
      Pipeline pipeline = Pipeline.create();
      pipeline
          .apply(Create.of(Arrays.asList(batches[batch])).withCoder(TableRowCoder.of()))
          .apply(
              DeltaIO.mergeRows()
                  .to(lake)
                  .withTables(List.of(spec))
                  .withTransaction("test", batch));
      PipelineResult result = pipeline.run();
      result.waitUntilFinish();
      assertThat(counter(result, MetricNames.PARTS_MERGED_AGAIN), is(0L));
    }

    assertThat(Rows.read(latest("latest"), "_seq"), contains("[" + Rows.seq(2).text() + "]"));
  }

  private static TableRow latest(long order, int hash, int diff) {
    return Rows.put("latest", SAT, order, hash(hash, 1), hash(diff, 2), Rows.seq(order).text());
  }

  @Test
  public void aRepeatedBatchIsANoOp() {
    TableRow[] rows = {
      hub(1, 1, "a"),
      sat(1, 1, 1),
      product(1, 1, "x", 5),
      Rows.put("bronze/log", HUB, 1, hash(1, 1), "l", "s")
    };
    merge(7, rows);

    PipelineResult repeated = merge(7, rows);

    assertThat(latest("bronze/log").version(), is(0L));
    assertThat(Rows.read(latest("bronze/log"), "code"), contains("[l]"));
    assertThat(latest("vault/history").version(), is(0L));
    assertThat(counter(repeated, MetricNames.ROWS_ADDED), is(0L));
  }

  @Test
  public void saysWhatEachTableGot() {
    Pipeline pipeline = Pipeline.create();
    DeltaWriteResult result =
        pipeline
            .apply(
                Create.of(List.of(hub(1, 1, "a"), hub(2, 1, "b"), sat(3, 1, 1)))
                    .withCoder(TableRowCoder.of()))
            .apply(
                DeltaIO.mergeRows()
                    .to(lake)
                    .withTables(List.of(HUB_SPEC, SAT_SPEC))
                    .withTransaction("test", 0));
    PAssert.that(
            result
                .commits()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            (TableCommit c) ->
                                c.table()
                                    + " "
                                    + c.version()
                                    + " "
                                    + c.rowsIn()
                                    + " "
                                    + c.rowsAdded()
                                    + " "
                                    + c.filesAdded()
                                    + " "
                                    + c.filesRemoved()
                                    + " "
                                    + c.alreadyCommitted())))
        .containsInAnyOrder("vault/hub 0 2 1 1 0 false", "vault/sat 0 1 1 1 0 false");
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void countsRowsAndBytes() {
    PipelineResult result = merge(0, hub(1, 1, "a"), hub(2, 1, "b"), hub(3, 2, "c"));

    assertThat(counter(result, MetricNames.ROWS_IN), is(3L));
    assertThat(counter(result, MetricNames.ROWS_ADDED), is(2L));
    assertThat(counter(result, MetricNames.BYTES_WRITTEN), is(latest("vault/hub").size()));
    assertThat(
        metrics(result, MetricNames.COMMIT_MS)
            .getDistributions()
            .iterator()
            .next()
            .getCommitted()
            .getCount(),
        is(1L));
  }

  private static long counter(PipelineResult result, String name) {
    return metrics(result, name).getCounters().iterator().next().getCommitted();
  }

  private static MetricQueryResults metrics(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(DeltaIO.class, name))
                .build());
  }

  @Test
  public void addsColumnsThatRowsBringAlsoInsideStructs() {
    RowSchema before =
        RowSchema.of(
            Column.nullable("id", ColumnType.INT),
            Column.nullable(
                "after", ColumnType.struct(RowSchema.of(Column.nullable("a", ColumnType.INT)))));
    RowSchema later =
        RowSchema.of(
            Column.nullable(
                "after",
                ColumnType.struct(
                    RowSchema.of(
                        Column.nullable("b", ColumnType.STRING),
                        Column.nullable("a", ColumnType.INT)))),
            Column.nullable("id", ColumnType.INT),
            Column.nullable(
                "extra", ColumnType.struct(RowSchema.of(Column.nullable("x", ColumnType.DATE)))));
    append(0, Rows.put("t", before, 1, 1L, new Object[] {10L}));

    append(1, Rows.put("t", later, 2, new Object[] {"b", 20L}, 2L, new Object[] {3}));

    assertThat(
        latest("t").schema().toString(),
        is("id int, after struct<a int, b string>, extra struct<x date>"));
    assertThat(Rows.read(latest("t")), contains("[1, [10, null], null]", "[2, [20, b], [3]]"));
  }

  @Test
  public void refusesAnotherTypeNamingBoth() {
    RowSchema number = RowSchema.of(Column.nullable("v", ColumnType.INT));
    RowSchema time = RowSchema.of(Column.nullable("v", ColumnType.TIME));
    append(0, Rows.put("t", number, 1, 1L));

    Exception error = assertThrows(Exception.class, () -> append(1, Rows.put("t", time, 2, 2L)));

    assertThat(
        error.getCause().getMessage(),
        is(
            lake
                + "/t, column \"v\": the table has int, the rows bring time. A column keeps its"
                + " type: load the rows under another column name, or into a new table."));
    assertThat(latest("t").version(), is(0L));
  }

  @Test
  public void appendsToTablesThatAreNotDeclaredIfAskedTo() {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            Create.of(
                    Rows.put("vault/hub", HUB, 1, hash(1, 1), "a", "b"),
                    Rows.put("vault/hub", HUB, 2, hash(1, 1), "a", "b"),
                    Rows.put("bronze/hubs", HUB, 1, hash(1, 1), "a", "b"),
                    Rows.put("bronze/hubs", HUB, 2, hash(1, 1), "a", "b"))
                .withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(HUB_SPEC))
                .appendingOthers()
                .withTransaction("test", 0));
    pipeline.run().waitUntilFinish();

    assertThat(Rows.read(latest("vault/hub")), hasSize(1));
    assertThat(Rows.read(latest("bronze/hubs")), hasSize(2));
  }

  @Test
  public void refusesRowsOfATableThatIsNotDeclared() {
    Exception error =
        assertThrows(
            Exception.class, () -> merge(0, Rows.put("vault/hbu", HUB, 1, hash(1, 1), "a", "b")));

    assertThat(
        error.getCause().getMessage(),
        is(
            "Rows came for table \"vault/hbu\", which is not declared. Declared are: bronze/log,"
                + " vault/history, vault/hub, vault/sat."));
  }

  @Test
  public void refusesDeletesWhereNothingCanBeClosed() {
    Exception error =
        assertThrows(
            Exception.class,
            () -> merge(0, Rows.delete("vault/hub", HUB, 1, hash(1, 1), "a", "b")));

    assertThat(
        error.getCause().getMessage(),
        is(
            "A row to delete came for table \"vault/hub\", whose rule is InsertIfAbsent. Only"
                + " Scd2, Latest, Effectivity and Countered take deletes: send them to a table"
                + " that records them as rows."));
  }

  @Test
  public void foldsTheSmallFilesOfABucket() {
    for (int batch = 0; batch < 20; batch++) {
      merge(
          batch,
          hub(batch, 1, "code " + batch),
          Rows.put("vault/hub", HUB, batch, hash(2, batch), "k" + batch, "s"));
    }

    DeltaSnapshot hub = latest("vault/hub");
    List<String> expected = new ArrayList<>(List.of("[code 0]"));
    for (int batch = 0; batch < 20; batch++) {
      expected.add("[k" + batch + "]");
    }
    assertThat(Rows.read(hub, "code"), containsInAnyOrder(expected.toArray()));
    assertThat(hub.files().size() <= PartMerge.MAX_LIKE_FILES + 1, is(true));
  }

  @Test
  public void foldsTheSmallFilesOfAnAppendedTable() {
    for (int batch = 0; batch < 40; batch++) {
      DeltaTable.of(lake, "t")
          .append(HUB, List.<Object[]>of(new Object[] {hash(1, batch), "c", "s"}).iterator());
    }

    assertThat(Rows.read(latest("t")).size(), equalTo(40));
    assertThat(latest("t").files().size() <= TableCommitter.MAX_LIKE_FILES + 2, is(true));
  }

  @Test
  public void anAppendedTableMayBeMergedIntoByAnyKey() {
    TableRow first = Rows.put("bronze/log", HUB, 1, hash(1, 1), "a", Rows.seq(1).text());
    TableRow second = Rows.put("bronze/log", HUB, 2, hash(1, 1), "b", Rows.seq(2).text());
    TableRow other = Rows.put("bronze/log", HUB, 3, hash(9, 9), "c", Rows.seq(3).text());
    merge(1, first, first);

    mergeLog(2, List.of("hk", "_seq"), first, second);
    mergeLog(3, List.of("hk"), first, second, other);

    assertThat(
        Rows.read(latest("bronze/log"), "code"), containsInAnyOrder("[a]", "[a]", "[b]", "[c]"));
  }

  private void mergeLog(long batch, List<String> key, TableRow... rows) {
    TableSpec spec =
        new TableSpec("bronze/log", HUB, new LoadRule.InsertIfAbsent(key), 4, Map.of());
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows().to(lake).withTables(List.of(spec)).withTransaction("test", batch));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void needsALakeAndATransaction() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () ->
                reading
                    .apply(Create.of(List.of(hub(1, 1, "a"))).withCoder(TableRowCoder.of()))
                    .apply(DeltaIO.writeRows().to(lake)));

    assertThat(
        error.getMessage(), containsString("writeRows() needs to(lake) and withTransaction(...)"));
  }

  /** As bundles make them for merges. */
  private static RowBlock ranked(TableSpec spec, TableRow... rows) {
    RowKey.Of key = new RowKey.Of(rows[0].schema(), spec.rule().key());
    RowBlockBuilder block = new RowBlockBuilder(rows[0].schema());
    for (TableRow row : rows) {
      block.add(row, key.rank(row.values()));
    }
    return block.build();
  }

  private static RowBlock block(TableRow... rows) {
    RowBlockBuilder block = new RowBlockBuilder(rows[0].schema());
    Arrays.asList(rows).forEach(block::add);
    return block.build();
  }

  /** As SparkRunner hands out the values of a key. */
  private static Iterable<BundlePart> once(RowBlock... blocks) {
    Iterator<BundlePart> iterator = Arrays.<BundlePart>asList(blocks).iterator();
    AtomicBoolean used = new AtomicBoolean();
    return () -> {
      assertThat("iterated once", used.getAndSet(true), is(false));
      return iterator;
    };
  }

  private LoadPlan plan(long batch) {
    return LoadPlan.of(LoadPlan.Undeclared.REFUSE)
        .withLake(lake)
        .withTables(List.of(HUB_SPEC, SAT_SPEC, HISTORY_SPEC, LOG_SPEC))
        .withTransaction("test", batch);
  }

  @Test
  public void valuesOfAKeyAreIteratedOverOnce() {
    TableRow hub = Rows.put("vault/hub", HUB, 1, hash(1, 1), "a", "s");
    PartMerge merge = new PartMerge(plan(0), new TablePart("vault/hub", 0));

    assertThat(merge.merge(once(ranked(HUB_SPEC, hub), ranked(HUB_SPEC, hub))).rowsIn(), is(2L));

    TableRow log = Rows.put("bronze/log", HUB, 1, hash(1, 1), "a", "s");
    PartAppend append = new PartAppend(plan(0), "bronze/log");

    assertThat(append.append(once(block(log), block(log)).iterator()).rowsAdded(), is(2L));
  }

  @Test
  public void filesOfAttemptsThatDidNotCommitAreNeverSeen() {
    merge(0, hub(1, 1, "a"), product(1, 1, "x", 5));
    new PartMerge(plan(1), new TablePart("vault/hub", 0))
        .merge(once(ranked(HUB_SPEC, hub(2, 2, "b"))));
    new PartMerge(plan(1), new TablePart("vault/history", 1))
        .merge(once(ranked(HISTORY_SPEC, product(2, 1, "y", 6))));

    assertThat(Rows.read(latest("vault/hub"), "code"), contains("[a]"));
    assertThat(Rows.read(latest("vault/history")), contains("[1, x, true, 5, 1000000]"));
    merge(1, hub(2, 2, "b"), product(2, 1, "y", 6));
    assertThat(Rows.read(latest("vault/hub"), "code"), contains("[a]", "[b]"));
    assertThat(
        Rows.read(latest("vault/history")),
        contains("[1, x, false, 5, 6]", "[1, y, true, 6, 1000000]"));
  }

  @Test
  public void anAppendWhoseColumnsGrowWithinAPartKeepsAllRows() {
    RowSchema narrow = RowSchema.of(Column.nullable("code", ColumnType.STRING));
    RowSchema other = RowSchema.of(Column.nullable("more", ColumnType.INT));

    append(
        0,
        Rows.put("t", narrow, 1, "a"),
        Rows.put("t", other, 2, 7L),
        Rows.put("t", narrow, 3, "b"));

    assertThat(
        Rows.read(latest("t"), "code", "more"), contains("[a, null]", "[b, null]", "[null, 7]"));
  }

  @Test
  public void closesVersionsInFilesThatAnotherEngineWrote() {
    merge(0, product(1, 1, "a", 1), product(2, 2, "b", 1), product(3, 3, "c", 1));
    TableLog log = DeltaLogs.of(lake, "vault/history");
    TableState state = log.latest().orElseThrow();
    LogCommit optimized = new LogCommit(TableOperation.WRITE, HISTORY);
    optimized.foldedAway.addAll(state.files());
    optimized.folded.addAll(
        new TableFiles(log.store())
            .rewrite(state.files(), HISTORY, DataFile.ANY_BUCKET, row -> true));
    log.commit(optimized);

    merge(1, product(4, 1, "A", 2), product(5, 2, "B", 2), product(6, 3, "C", 2));

    assertThat(
        Rows.read(latest("vault/history")),
        contains(
            "[1, A, true, 2, 1000000]",
            "[1, a, false, 1, 2]",
            "[2, B, true, 2, 1000000]",
            "[2, b, false, 1, 2]",
            "[3, C, true, 2, 1000000]",
            "[3, c, false, 1, 2]"));
    assertThat(
        log.latest().orElseThrow().files().stream().noneMatch(f -> f.bucket() < 0), is(true));
  }

  @Test
  public void aLakeMayHaveSpacesAndPercentSignsInItsPath() {
    lake = folder.getRoot().toPath().resolve("a lake %20 für #1").toUri().toString();

    merge(0, hub(1, 1, "a"));
    merge(1, hub(2, 2, "b"));

    assertThat(Rows.read(latest("vault/hub"), "code"), contains("[a]", "[b]"));
    assertThat(DeltaTables.names(lake), contains("vault/hub"));
  }
}
