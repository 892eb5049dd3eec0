package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReadRowsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable(
              "after",
              ColumnType.struct(
                  RowSchema.of(
                      Column.nullable("id", ColumnType.INT),
                      Column.nullable("name", ColumnType.STRING)))));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;
  private DeltaTable table;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
    table = DeltaTable.of(lake, "t");
  }

  private static Object[] row(long id, String name) {
    return new Object[] {id, new Object[] {id * 10, name}};
  }

  private void append(Object[]... rows) {
    table.append(SCHEMA, List.of(rows).iterator());
  }

  private static PipelineResult read(ReadRows read, String... expected) {
    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply(read)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> Rows.text(row.values()))))
        .containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private static long counter(PipelineResult result, String name) {
    MetricQueryResults found =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(DeltaIO.class, name))
                    .build());
    long sum = 0;
    for (var counter : found.getCounters()) {
      sum += counter.getCommitted();
    }
    return sum;
  }

  @Test
  public void aFilterOutOfRangeOpensNoFile() throws Exception {
    append(row(1, "a"), row(2, "b"));
    for (String file : table.latest().files()) {
      Files.delete(Path.of(file));
    }

    PipelineResult result =
        read(DeltaIO.readRows().from(lake, "t").where(Filter.greaterThan("after.id", 20L)));

    assertThat(counter(result, MetricNames.FILES_PLANNED), is(0L));
    assertThat(counter(result, MetricNames.FILES_PRUNED), is(1L));
    assertThat(counter(result, MetricNames.BYTES_READ), is(0L));
  }

  @Test
  public void countsWhatIsRead() {
    append(row(1, "a"));
    append(row(2, "b"), row(3, "c"));

    PipelineResult result =
        read(DeltaIO.readRows().from(lake, "t").where(Filter.atLeast("id", 3L)), "[3, [30, c]]");

    assertThat(counter(result, MetricNames.FILES_PLANNED), is(1L));
    assertThat(counter(result, MetricNames.FILES_PRUNED), is(1L));
    assertThat(counter(result, MetricNames.ROW_GROUPS_READ), is(1L));
    assertThat(counter(result, MetricNames.ROW_GROUPS_PRUNED), is(0L));
    assertThat(counter(result, MetricNames.ROWS_READ), is(1L));
    assertThat(counter(result, MetricNames.BYTES_READ) > 0, is(true));
  }

  @Test
  public void rowGroupsOfHashKeysArePrunedByTheFooter() {
    RowSchema keys = RowSchema.of(Column.nullable("hk", ColumnType.BINARY));
    table.append(keys, List.<Object[]>of(new Object[] {new byte[] {5}}).iterator());

    PipelineResult result =
        read(
            DeltaIO.readRows()
                .from(lake, "t")
                .where(Filter.equalTo("hk", new byte[] {(byte) 200})));

    assertThat(counter(result, MetricNames.FILES_PLANNED), is(1L));
    assertThat(counter(result, MetricNames.ROW_GROUPS_PRUNED), is(1L));
    assertThat(counter(result, MetricNames.ROW_GROUPS_READ), is(0L));
  }

  @Test
  public void keysOfABucketedTableAreLookedForInTheirBuckets() {
    RowSchema hub = RowSchema.of(Column.required("hk", ColumnType.BINARY));
    TableSpec spec =
        new TableSpec("hub", hub, new LoadRule.InsertIfAbsent(List.of("hk")), 4, Map.of());
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < 256; i += 8) {
      rows.add(Rows.put("hub", hub, i, new byte[] {(byte) i}));
    }
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(TableRowCoder.of()))
        .apply(DeltaIO.mergeRows().to(lake).withTables(List.of(spec)).withTransaction("test", 0));
    pipeline.run().waitUntilFinish();

    PipelineResult result =
        read(
            DeltaIO.readRows().from(lake, "hub").where(Filter.equalTo("hk", new byte[] {16})),
            "[[16]]");

    assertThat(counter(result, MetricNames.FILES_PRUNED), is(3L));
    assertThat(counter(result, MetricNames.FILES_PLANNED), is(1L));
  }

  @Test
  public void readsFieldsOfStructsAsColumns() {
    append(row(1, "a"), new Object[] {2L, null}, row(3, "c"));

    read(
        DeltaIO.readRows()
            .from(lake, "t")
            .withColumns(List.of("after.name", "id"))
            .where(Filter.notEqualTo("after.id", 30L).or(Filter.isNull("after"))),
        "[a, 1]",
        "[null, 2]");
  }

  @Test
  public void severalFiltersMustAllHold() {
    append(row(1, "a"), row(2, "b"), row(3, "c"));

    read(
        DeltaIO.readRows()
            .from(lake, "t")
            .where(Filter.atLeast("id", 2L))
            .where(Filter.lessThan("id", 3L)),
        "[2, [20, b]]");
  }

  @Test
  public void aVersionStaysTheSameWhateverIsCommittedLater() {
    append(row(1, "a"));
    append(row(2, "b"));

    read(DeltaIO.readRows().from(lake, "t").atVersion(0), "[1, [10, a]]");
  }

  @Test
  public void readsTheVersionThatWasTheLatestAtATime() {
    append(row(1, "a"));
    append(row(2, "b"));
    Instant first = table.at(0).committedAt();

    read(DeltaIO.readRows().from(lake, "t").asOf(first), "[1, [10, a]]");
    assertThat(table.asOf(first).version(), is(0L));
    assertThat(table.asOf(table.latest().committedAt()).version(), is(1L));
  }

  @Test
  public void refusesATimeBeforeTheFirstVersion() {
    append(row(1, "a"));
    Instant before = table.at(0).committedAt().minusMillis(1);

    UserException error = assertThrows(UserException.class, () -> table.asOf(before));

    Instant first = table.at(0).committedAt();
    assertThat(
        error.getMessage(),
        is(
            table
                + " has no version for "
                + before
                + ": the oldest that can be read is version 0 of "
                + first
                + ", the latest is version 0 of "
                + first
                + ". Ask for a time between them, or for a version."));
  }

  @Test
  public void saysWhichVersionHasLostAFile() throws Exception {
    append(row(1, "a"));
    String file = table.latest().files().get(0);
    table.replace(SCHEMA, List.<Object[]>of(row(2, "b")).iterator());
    Files.delete(Path.of(file));

    SinkException error =
        assertThrows(
            SinkException.class,
            () -> {
              try (RowIterator rows = table.at(0).rows()) {
                rows.next();
              }
            });

    assertThat(
        error.getMessage(),
        is(
            "Version 0 of "
                + table
                + " cannot be read whole: "
                + error.getCause().getMessage()
                + " If vacuum removed it, read a later version; the table's"
                + " delta.deletedFileRetentionDuration says for how long replaced files are kept."));
    assertThat(error.getCause().getMessage(), startsWith(file + " is missing"));
  }

  @Test
  public void aFilterOfAnotherTypeIsRefusedBeforeAnyFileIsOpened() throws Exception {
    append(row(1, "a"));
    Files.delete(Path.of(table.latest().files().get(0)));

    UserException error =
        assertThrows(
            UserException.class, () -> table.latest().rows(Filter.equalTo("after.name", 1L)));

    assertThat(
        error.getMessage(),
        is(
            table
                + ", column \"after.name\" has the type string, whose values are String; the filter"
                + " compares it with a Long. Give a String."));
  }
}
