package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.bench.SatelliteRows;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class WriteRowsTest {
  private static final RowSchema VISITS =
      RowSchema.of(
          Column.nullable("city", ColumnType.STRING),
          Column.nullable("id", ColumnType.INT),
          Column.nullable("day", ColumnType.DATE),
          Column.nullable("text", ColumnType.STRING));
  private static final TableSpec BY_CITY_AND_DAY =
      new TableSpec("visits", VISITS, new LoadRule.Append(), 1, Map.of())
          .withPartitions("day", "city");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake() {
    return folder.getRoot().toString();
  }

  private WriteRows write(long batch) {
    return DeltaIO.writeRows()
        .to(lake())
        .withTables(List.of(BY_CITY_AND_DAY))
        .withTransaction("test", batch);
  }

  private PipelineResult run(WriteRows write, TableRow... rows) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of(List.of(rows)).withCoder(TableRowCoder.of())).apply(write);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private static TableRow visit(long id, String city, Integer day) {
    return Rows.put("visits", VISITS, id, city, id, day, "t" + id);
  }

  private TableState state(String table) {
    return DeltaLogs.of(lake(), table).latest().orElseThrow();
  }

  @Test
  public void partitionColumnsBecomeFoldersAndValuesInTheLog() {
    run(
        write(0),
        visit(1, "Zürich", 19_813),
        visit(2, "Zürich", 19_813),
        visit(3, "a b/c:d%", null),
        visit(4, "", 0),
        visit(5, null, 0));

    TableState state = state("visits");
    assertThat(state.partitionColumns(), contains("day", "city"));
    assertThat(
        state.files().stream().map(file -> file.partitionValues().toString()).toList(),
        containsInAnyOrder(
            "{day=2024-03-31, city=Zürich}",
            "{day=null, city=a b/c:d%}",
            "{day=1970-01-01, city=null}"));
    assertThat(
        state.files().stream().map(DataFile::path).sorted().toList(),
        contains(
            startsWith("day=1970-01-01/city=__HIVE_DEFAULT_PARTITION__/part-"),
            startsWith("day=2024-03-31/city=Zürich/part-"),
            startsWith("day=__HIVE_DEFAULT_PARTITION__/city=a%20b%252Fc%253Ad%2525/part-")));
    assertThat(
        Rows.read(DeltaTable.of(lake(), "visits").latest()),
        contains(
            "[Zürich, 1, 19813, t1]",
            "[Zürich, 2, 19813, t2]",
            "[a b/c:d%, 3, null, t3]",
            "[null, 4, 0, t4]",
            "[null, 5, 0, t5]"));
  }

  @Test
  public void aTableKeepsItsPartitionColumns() {
    run(write(0), visit(1, "x", 0));
    run(
        DeltaIO.writeRows().to(lake()).withTransaction("test", 1), // not declared any more
        visit(2, "y", 0));

    assertThat(state("visits").files(), hasSize(2));
    WriteRows other =
        DeltaIO.writeRows()
            .to(lake())
            .withTables(
                List.of(
                    new TableSpec("visits", VISITS, new LoadRule.Append(), 1, Map.of())
                        .withPartitions("city")))
            .withTransaction("test", 2);
    assertThat(
        assertThrows(Exception.class, () -> run(other, visit(3, "z", 0))).getMessage(),
        containsString(
            "/visits is partitioned by [day, city], declared is now [city]. A table keeps its"
                + " partition columns: leave them out of the declaration, or load into a new"
                + " table."));
  }

  @Test
  public void aDriverAppendsToPartitionsToo() {
    DeltaTable table = DeltaTable.create(lake(), BY_CITY_AND_DAY);
    List<Object[]> rows = List.of(new Object[] {"x", 1L, 0, "a"}, new Object[] {null, 2L, 1, "b"});

    table.append(VISITS, rows.iterator());

    assertThat(
        state("visits").files().stream().map(file -> file.partitionValues().toString()).toList(),
        containsInAnyOrder("{day=1970-01-01, city=x}", "{day=1970-01-02, city=null}"));
    assertThat(Rows.read(table.latest()), contains("[null, 2, 1, b]", "[x, 1, 0, a]"));
  }

  @Test
  public void aPartitionedTableIsNotMergedInto() {
    run(write(0), visit(1, "x", 0));
    TableSpec keyed =
        new TableSpec("visits", VISITS, new LoadRule.InsertIfAbsent(List.of("id")), 1, Map.of());
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(List.of(visit(1, "x", 0))).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows().to(lake()).withTables(List.of(keyed)).withTransaction("test", 1));

    assertThat(
        assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish()).getMessage(),
        containsString(
            "/visits is partitioned by [day, city]; a table with partitions can only be appended"
                + " to, not loaded by InsertIfAbsent. Load into a table without partitions."));
  }

  @Test
  public void theSmallFilesOfAPartitionAreFolded() {
    for (int batch = 0; batch < 36; batch++) {
      run(write(batch), visit(batch, "x", 0), visit(batch, "y", batch));
    }

    TableState state = state("visits");
    assertThat(
        state.files().stream()
            .filter(file -> Objects.equals(file.partitionValues().get("city"), "x"))
            .toList()
            .size(),
        is(lessThan(5)));
    assertThat(Rows.read(DeltaTable.of(lake(), "visits").latest()), hasSize(72));
  }

  /** Makes the rows of a bundle that has much. */
  private static final class ManyRowsFn extends DoFn<Long, TableRow> {
    private static final long serialVersionUID = 1L;
    private static final int ROWS = 50_000;
    private static final int BUNDLES = 2;
    private static final int ALL = BUNDLES * ROWS;

    @ProcessElement
    public void process(@Element Long bundle, OutputReceiver<TableRow> out) {
      for (long i = bundle * ROWS; i < (bundle + 1) * ROWS; i++) {
        out.output(Rows.put("many/sat", SatelliteRows.SCHEMA, i, SatelliteRows.row(i, 0)));
        if (i % 100 == 0) {
          out.output(visit(i, i % 200 == 0 ? "even" : "odd", 0));
        }
      }
    }
  }

  @Test
  public void bundlesWithMuchAndWithLittleLoseNothing() {
    Pipeline pipeline = Pipeline.create();
    Collection<Long> bundles = LongStream.range(0, ManyRowsFn.BUNDLES).boxed().toList();
    pipeline
        .apply(Create.of(bundles).withCoder(VarLongCoder.of()))
        .apply(ParDo.of(new ManyRowsFn()))
        .setCoder(TableRowCoder.of())
        .apply(write(0).withTargetFileSize(2 << 20));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    DeltaSnapshot sat = DeltaTable.of(lake(), "many/sat").latest();
    List<String> keys = new ArrayList<>(Rows.read(sat, "hk"));
    assertThat(keys, hasSize(ManyRowsFn.ALL));
    assertThat(keys.stream().distinct().toList(), hasSize(ManyRowsFn.ALL));
    assertThat(
        state("many/sat").files().stream().map(DataFile::size).toList(),
        everyItem(allOf(greaterThan(100L << 10), lessThan(4L << 20))));
    assertThat(
        Rows.read(DeltaTable.of(lake(), "visits").latest(), "id"), hasSize(ManyRowsFn.ALL / 100));
    long rows = ManyRowsFn.ALL + ManyRowsFn.ALL / 100;
    assertThat(counter(result, MetricNames.ROWS_IN), is(rows));
    assertThat(counter(result, MetricNames.ROWS_ADDED), is(rows));
    assertThat(
        counter(result, MetricNames.BYTES_WRITTEN),
        is(sat.size() + DeltaTable.of(lake(), "visits").latest().size()));
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(DeltaIO.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }
}
