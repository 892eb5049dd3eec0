package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.service.FileGroup;
import dev.larder.io.delta.service.OptimizeReport;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.OptimizeTable;
import dev.larder.io.delta.service.RewriteResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class OptimizeTest {
  private static final RowSchema POINTS =
      RowSchema.of(
          Column.nullable("x", ColumnType.INT),
          Column.nullable("y", ColumnType.DOUBLE),
          Column.nullable("z", ColumnType.STRING),
          Column.nullable("payload", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private String lake;
  private DeltaTable table;

  @Before
  public void table() {
    pipeline.enableAbandonedNodeEnforcement(false);
    lake = folder.getRoot().toString();
    table = DeltaTable.of(lake, "points");
  }

  private static List<Object[]> points(int count, long seed) {
    Random random = new Random(seed);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Object[] {
            random.nextInt(10) == 0 ? null : (long) random.nextInt(1_000),
            Math.exp(5 * random.nextGaussian()),
            "z" + random.nextInt(1_000),
            Long.toHexString(random.nextLong())
          });
    }
    return rows;
  }

  private List<DataFile> files() {
    return state().files();
  }

  private TableState state() {
    return DeltaLogs.of(lake, "points").latest().orElseThrow();
  }

  @Test
  public void smallFilesBecomeOneAndEveryVersionKeepsItsRows() {
    for (int i = 0; i < 10; i++) {
      table.append(POINTS, points(100, i).iterator());
    }
    List<String> rows = Rows.read(table.latest());
    List<String> half = Rows.read(table.at(4));

    OptimizeReport report = table.optimize(OptimizeSettings.DEFAULT);

    assertThat(files(), hasSize(1));
    assertThat(Rows.read(table.latest()), is(rows));
    assertThat(Rows.read(table.at(4)), is(half));
    assertThat(report.table(), is("points"));
    assertThat(report.version(), is(10L));
    assertThat(report.result().commits(), is(1));
    assertThat(report.result().rows(), is(1_000L));
    assertThat(report.result().filesRemoved(), is(10));
    assertThat(report.result().filesAdded(), is(1));
    assertThat(report.result().bytesAdded(), is(files().get(0).size()));
    assertThat(report.result().bytesRemoved(), is(greaterThan(report.result().bytesAdded())));
  }

  @Test
  public void whatIsDoneIsNotDoneAgain() {
    table.append(POINTS, points(100, 1).iterator());
    table.append(POINTS, points(100, 2).iterator());

    table.optimize(OptimizeSettings.DEFAULT);
    OptimizeReport again = table.optimize(OptimizeSettings.DEFAULT);
    OptimizeReport clustered = table.optimize(OptimizeSettings.DEFAULT.withClusterBy(List.of("x")));
    OptimizeReport clusteredAgain =
        table.optimize(OptimizeSettings.DEFAULT.withClusterBy(List.of("x")));

    assertThat(again.result().commits(), is(0));
    assertThat(again.version(), is(2L));
    assertThat(clustered.result().commits(), is(1));
    assertThat(clusteredAgain.result().commits(), is(0));
    assertThat(clusteredAgain.version(), is(3L));
  }

  @Test
  public void clusteredFilesAreSmallInEveryColumnAndHoldTheSameRows() {
    table.append(POINTS, points(40_000, 1).iterator());
    List<String> rows = Rows.read(table.latest());
    long target = files().get(0).size() / 32;

    OptimizeReport report =
        table.optimize(
            OptimizeSettings.DEFAULT.withTargetSize(target).withClusterBy(List.of("x", "y", "z")));

    assertThat(report.result().filesAdded(), is(32));
    assertThat(report.result().rows(), is(40_000L));
    assertThat(Rows.read(table.latest()), is(rows));
    assertThat(filesWith(0, 500L, 510L), is(lessThan(20)));
    assertThat(filesWith(1, 1.0, 1.1), is(lessThan(20)));
    assertThat(filesWith(2, "z500", "z51"), is(lessThan(20)));
  }

  /** How many files hold a value between bounds; rows are spread over 32. */
  private int filesWith(int column, Object min, Object max) {
    int found = 0;
    for (DataFile file : files()) {
      Object least = null;
      Object most = null;
      try (RowIterator rows =
          new TableFiles(DeltaLogs.of(lake, "points").store()).read(file, POINTS)) {
        while (rows.hasNext()) {
          Object value = rows.next()[column];
          if (value != null) {
            least = least == null || Values.compare(value, least) < 0 ? value : least;
            most = most == null || Values.compare(value, most) > 0 ? value : most;
          }
        }
      }
      boolean overlaps =
          least != null && Values.compare(least, max) <= 0 && Values.compare(most, min) >= 0;
      found += overlaps ? 1 : 0;
    }
    return found;
  }

  @Test
  public void rowsCanBeClusteredByColumnsOfEveryKindThatHasAnOrder() {
    DeltaTable every = DeltaTable.of(lake, "every");
    every.append(Rows.EVERY_KIND, List.of(Rows.full(), Rows.absent(2), Rows.absent(3)).iterator());
    List<String> rows = Rows.read(every.latest());

    for (String column : Rows.EVERY_KIND.names()) {
      if (!column.equals("after")) {
        OptimizeReport report =
            every.optimize(
                OptimizeSettings.DEFAULT.withClusterBy(
                    List.of(column, "id").subList(0, column.equals("id") ? 1 : 2)));
        assertThat(column, report.result().commits(), is(1));
        assertThat(column, Rows.read(every.latest()), is(rows));
      }
    }
  }

  @Test
  public void rowsOfForeignFilesGoBackIntoTheirBuckets() {
    RowSchema schema =
        RowSchema.of(
            Column.required("hk", ColumnType.BINARY), Column.nullable("n", ColumnType.INT));
    DeltaTable hub =
        DeltaTable.create(
            lake,
            new TableSpec("hub", schema, new LoadRule.InsertIfAbsent(List.of("hk")), 4, Map.of()));
    hub.append(schema, hashes(0, 100));
    hub.append(schema, hashes(100, 300));
    List<String> rows = Rows.read(hub.latest());
    TableLog log = DeltaLogs.of(lake, "hub");
    assertThat(
        log.latest().orElseThrow().files().stream().map(DataFile::bucket).toList(),
        contains(DataFile.ANY_BUCKET, DataFile.ANY_BUCKET));

    OptimizeReport report = hub.optimize(OptimizeSettings.DEFAULT);

    assertThat(Rows.read(hub.latest()), is(rows));
    assertThat(report.result().rows(), is(300L));
    List<DataFile> files = log.latest().orElseThrow().files();
    assertThat(files.stream().map(DataFile::bucket).sorted().toList(), contains(0, 1, 2, 3));
    RowKey.Of key = new RowKey.Of(schema, List.of("hk"));
    for (DataFile file : files) {
      try (RowIterator read = new TableFiles(log.store()).read(file, schema)) {
        read.forEachRemaining(row -> assertThat(key.bucket(row, 4), is(file.bucket())));
      }
    }
  }

  private static Iterator<Object[]> hashes(int from, int to) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(new Object[] {new byte[] {(byte) (i * 37), (byte) i, (byte) (i >> 8)}, (long) i});
    }
    return rows.iterator();
  }

  @Test
  public void manyTablesAreOptimizedByOnePipeline() {
    for (String name : List.of("a", "b", "c")) {
      DeltaTable each = DeltaTable.of(lake, name);
      each.append(POINTS, points(100, 1).iterator());
      each.append(POINTS, points(100, 2).iterator());
    }

    PCollection<OptimizeReport> reports =
        pipeline.apply(
            DeltaIO.optimize().tables(lake, List.of("a", "b", "c")).withClusterBy("x", "y"));

    PAssert.that(reports)
        .satisfies(
            all -> {
              List<String> tables = new ArrayList<>();
              for (OptimizeReport report : all) {
                tables.add(report.table());
                assertThat(report.version(), is(2L));
                assertThat(report.result().rows(), is(200L));
                assertThat(report.result().filesAdded(), is(1));
              }
              tables.sort(null);
              assertThat(tables, contains("a", "b", "c"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void readersOfChangesSeeNothing() throws Exception {
    table.append(POINTS, points(10, 1).iterator());
    table.append(POINTS, points(10, 2).iterator());

    table.optimize(OptimizeSettings.DEFAULT);

    String commit =
        java.nio.file.Files.readString(
            folder.getRoot().toPath().resolve("points/_delta_log/00000000000000000002.json"));
    assertThat(commit.contains("\"dataChange\":true"), is(false));
    assertThat(commit.contains("\"dataChange\":false"), is(true));
    assertThat(commit.contains("\"operation\":\"OPTIMIZE\""), is(true));
  }

  @Test
  public void columnsThatCannotBeClusteredByAreRefused() {
    table.append(Rows.EVERY_KIND, List.<Object[]>of(Rows.full()).iterator());

    assertThat(
        refused(List.of("idd")),
        is(
            table
                + " has no column \"idd\". Known columns: "
                + String.join(", ", Rows.EVERY_KIND.names())
                + "."));
    assertThat(
        refused(List.of("id", "after")),
        is(
            table
                + ", column \"after\" has the type "
                + Rows.EVERY_KIND.column(Rows.EVERY_KIND.position("after")).type()
                + ", whose values have no order. Cluster by other columns."));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> OptimizeSettings.DEFAULT.withClusterBy(List.of("a", "a")))
            .getMessage(),
        is("[a, a]: rows are clustered by 1 to 4 columns, each named once"));
  }

  private String refused(List<String> columns) {
    return assertThrows(
            UserException.class,
            () -> table.optimize(OptimizeSettings.DEFAULT.withClusterBy(columns)))
        .getMessage();
  }

  @Test
  public void filesThatAMergeTookAwayAreLeftAndTheOthersAreFolded() {
    for (int i = 0; i < 4; i++) {
      table.append(POINTS, points(10, i).iterator());
    }
    TableLog log = DeltaLogs.of(lake, "points");
    TableState planned = log.latest().orElseThrow();
    List<FileGroup> groups = new OptimizeTable("points", log, OptimizeSettings.DEFAULT).rewrites();
    LogCommit delete = new LogCommit(TableOperation.MERGE, planned.schema());
    delete.readVersion = planned.version();
    delete.removed.add(planned.files().get(1));
    log.commit(delete);
    List<String> rows = Rows.read(table.latest());

    new OptimizeTable("points", log, OptimizeSettings.DEFAULT).run(groups.get(0), any -> {});

    assertThat(files(), hasSize(1));
    assertThat(Rows.read(table.latest()), is(rows));
  }

  @Test
  public void aGroupThatLosesAFileBeforeItsCommitIsWrittenAgainWithoutIt() {
    for (int i = 0; i < 4; i++) {
      table.append(POINTS, points(10, i).iterator());
    }
    TableLog log = DeltaLogs.of(lake, "points");
    OptimizeTable optimize = new OptimizeTable("points", log, OptimizeSettings.DEFAULT);
    FileGroup group = optimize.rewrites().get(0);
    AtomicInteger deletions = new AtomicInteger();

    RewriteResult result =
        optimize.run(
            group,
            rows -> {
              if (deletions.getAndIncrement() == 0) {
                delete(log, group.sets().get(0).files().get(0));
              }
            });

    assertThat(result.rows(), is(30L));
    assertThat(result.filesRemoved(), is(3));
    assertThat(result.setsGivenUp(), is(0));
    assertThat(files(), hasSize(1));
    assertThat(Rows.read(table.latest()), hasSize(30));
    assertThat(parquetFiles(), is(5)); // the four, and one that holds three of them
  }

  @Test
  public void aGroupThatNeverGetsThroughIsGivenUpAndLeavesNothingBehind() {
    for (int i = 0; i < 8; i++) {
      table.append(POINTS, points(10, i).iterator());
    }
    TableLog log = DeltaLogs.of(lake, "points");
    OptimizeTable optimize = new OptimizeTable("points", log, OptimizeSettings.DEFAULT);
    FileGroup group = optimize.rewrites().get(0);

    RewriteResult result = optimize.run(group, rows -> delete(log, state().files().get(0)));

    assertThat(result, is(new RewriteResult(0, 0, 0, 0, 0, 0, 1)));
    assertThat(Rows.read(table.latest()), hasSize(30));
    assertThat(parquetFiles(), is(8));
  }

  private static void delete(TableLog log, DataFile file) {
    TableState now = log.latest().orElseThrow();
    LogCommit delete = new LogCommit(TableOperation.DELETE, now.schema());
    delete.readVersion = now.version();
    delete.removed.add(file);
    log.commit(delete);
  }

  private int parquetFiles() {
    return (int)
        DeltaLogs.of(lake, "points").store().list("").stream()
            .filter(file -> file.name().endsWith(".parquet") && !file.name().startsWith("_"))
            .count();
  }

  @Test
  public void partitionsStayApart() {
    TableLog log = DeltaLogs.of(lake, "points");
    RowSchema stored = RowSchema.of(POINTS.columns().subList(0, 3));
    LogCommit create = new LogCommit(TableOperation.CREATE_TABLE, POINTS);
    create.partitionColumns = List.of("payload");
    TableFiles files = new TableFiles(log.store());
    for (String partition : List.of("a", "b", "a", "b", "c")) {
      List<Object[]> rows = new ArrayList<>();
      points(10, rows.size()).forEach(row -> rows.add(Arrays.copyOf(row, 3)));
      files
          .write(stored, DataFile.ANY_BUCKET, rows.iterator())
          .forEach(
              file -> create.added.add(file.withPartitionValues(Map.of("payload", partition))));
    }
    log.commit(create);
    List<String> rows = Rows.read(table.latest());

    OptimizeReport report = table.optimize(OptimizeSettings.DEFAULT.withClusterBy(List.of("x")));

    assertThat(report.result().rows(), is(50L));
    assertThat(
        files().stream().map(file -> file.partitionValues().get("payload")).sorted().toList(),
        contains("a", "b", "c"));
    assertThat(Rows.read(table.latest()), is(rows));
    assertThat(
        refused(List.of("payload")),
        is(
            table
                + " is partitioned by \"payload\": all rows of a file have one value of it already."
                + " Cluster by other columns."));
  }

  @Test
  public void aRunThatEndsHalfWayIsGoneOnWithWhereItEnded() {
    RowSchema schema =
        RowSchema.of(Column.required("id", ColumnType.INT), Column.nullable("n", ColumnType.INT));
    DeltaTable hub =
        DeltaTable.create(
            lake,
            new TableSpec("hub", schema, new LoadRule.InsertIfAbsent(List.of("id")), 4, Map.of()));
    for (long i = 0; i < 200; i += 100) {
      hub.append(schema, numbers(i, i + 100));
    }
    OptimizeSettings settings = OptimizeSettings.DEFAULT.withClusterBy(List.of("n"));
    OptimizeTable optimize = new OptimizeTable("hub", DeltaLogs.of(lake, "hub"), settings);
    optimize.splits().forEach(group -> optimize.run(group, any -> {}));
    FileGroup planned = optimize.rewrites().get(0);
    optimize.run(new FileGroup("hub", planned.sets().subList(0, 3)), any -> {});

    OptimizeReport rest = hub.optimize(settings);

    assertThat(planned.sets(), hasSize(4));
    assertThat(rest.result().filesRemoved(), is(1));
    assertThat(Rows.read(hub.latest()), hasSize(200));
  }

  private static Iterator<Object[]> numbers(long from, long to) {
    List<Object[]> rows = new ArrayList<>();
    for (long i = from; i < to; i++) {
      rows.add(new Object[] {i, i});
    }
    return rows.iterator();
  }

  @Test
  public void theTableSaysHowLargeItsFilesAreToBe() {
    DeltaTable small =
        DeltaTable.create(
            lake,
            new TableSpec(
                "small",
                POINTS,
                new LoadRule.Append(),
                1,
                Map.of("delta.targetFileSize", "100kb")));
    small.append(POINTS, points(20_000, 1).iterator());
    long size = DeltaLogs.of(lake, "small").latest().orElseThrow().files().get(0).size();

    OptimizeReport report = small.optimize(OptimizeSettings.DEFAULT.withClusterBy(List.of("x")));

    assertThat(report.result().filesAdded(), is((int) Math.round(size / (100.0 * 1024))));
    assertThat(report.result().filesAdded(), is(greaterThan(1)));
  }
}
