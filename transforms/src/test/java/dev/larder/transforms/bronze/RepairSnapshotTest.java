package dev.larder.transforms.bronze;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableChangesCoder;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;

public class RepairSnapshotTest {
  private static final TableSchema TABLE = SnapshotRepairPropertyTest.TABLE;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  /** A group for each table. */
  private PCollection<TableChanges> changes(String name, List<ChangeRecord> changes) {
    Map<TableSchema, List<ChangeRecord>> byTable = new HashMap<>();
    changes.forEach(
        change -> byTable.computeIfAbsent(change.table(), t -> new ArrayList<>()).add(change));
    List<TableChanges> groups = new ArrayList<>();
    byTable.forEach((table, all) -> groups.add(TableChanges.of(table, all)));
    return pipeline.apply(name, Create.of(groups).withCoder(TableChangesCoder.of()));
  }

  private static ChangeRecord change(
      Operation operation, int step, Object[] before, Object[] after) {
    return new ChangeRecord(
        TABLE,
        operation,
        before,
        after,
        SourceFake.committedAt(step),
        SourceFake.sequence(step),
        Origin.LOG,
        null);
  }

  private static Object[] row(long id, String name) {
    return new Object[] {id, name, 0L};
  }

  @Test
  public void bringsASnapshotToTheStateAtItsStart() {
    SourceFake source = SnapshotRepairPropertyTest.things(42);
    List<ChangeRecord> snapshot = SnapshotRepairPropertyTest.snapshot(source, 10, 30);
    TableSchema other = Chain.schema("pos.other", "id", "id int!");
    ChangeRecord untouched =
        ChangeRecord.read(other, new Object[] {1L}, 0, SourceFake.sequence(10));
    List<ChangeRecord> all = new ArrayList<>(snapshot);
    all.add(untouched);

    PCollection<ChangeRecord> repaired =
        changes("Snapshot", all)
            .apply(
                "Repair snapshot",
                RepairSnapshot.byLog(
                    changes("Log", source.logAfter(0)),
                    Map.of(TABLE.id(), SnapshotRepairPropertyTest.window(10, 30))))
            .apply("Changes", EachChange.ofGroups());

    List<ChangeRecord> expected = new ArrayList<>();
    source.rows(10).values().forEach(row -> expected.add(SnapshotRepairPropertyTest.read(row, 10)));
    expected.add(untouched);
    PAssert.that(repaired).containsInAnyOrder(expected);
    pipeline.run();
  }

  @Test
  public void leavesASnapshotAloneIfNothingHappened() {
    List<ChangeRecord> snapshot = List.of(SnapshotRepairPropertyTest.read(row(1, "a"), 5));

    PCollection<ChangeRecord> repaired =
        changes("Snapshot", snapshot)
            .apply(
                "Repair snapshot",
                RepairSnapshot.byLog(
                    changes("Log", List.of()),
                    Map.of(TABLE.id(), SnapshotRepairPropertyTest.window(5, 9))))
            .apply("Changes", EachChange.ofGroups());

    PAssert.that(repaired).containsInAnyOrder(snapshot);
    pipeline.run();
  }

  @Test
  public void changesBehindTheEndOfTheSnapshotAreNotLookedAt() {
    SnapshotRepair repair =
        new SnapshotRepair(Map.of(TABLE.id(), SnapshotRepairPropertyTest.window(5, 9)));
    List<String> keys = new ArrayList<>();

    for (int step : new int[] {5, 6, 9, 10}) {
      repair.touched(
          change(Operation.CREATE, step, null, row(step, "a")), (key, first) -> keys.add(key));
    }

    assertThat(
        keys,
        is(
            List.of(
                SnapshotRepair.key(TABLE, row(6, "a")), SnapshotRepair.key(TABLE, row(9, "a")))));
  }

  @Test
  public void busyLogDoesNotTakeABundleForEachOfItsKeys() {
    List<ChangeRecord> log = new ArrayList<>();
    List<ChangeRecord> expected = new ArrayList<>();
    for (int id = 0; id < 2_000; id++) {
      log.add(change(Operation.UPDATE, 7, row(id, "before"), row(id, "after")));
      expected.add(SnapshotRepairPropertyTest.read(row(id, "before"), 5));
    }

    PCollection<ChangeRecord> repaired =
        changes("Snapshot", List.of())
            .apply(
                "Repair snapshot",
                RepairSnapshot.byLog(
                    changes("Log", log),
                    Map.of(TABLE.id(), SnapshotRepairPropertyTest.window(5, 9))))
            .apply("Changes", EachChange.ofGroups());
    repaired.apply("Count bundles", ParDo.of(new CountBundlesFn()));

    PAssert.that(repaired).containsInAnyOrder(expected);
    MetricResults metrics = pipeline.run().metrics();
    long bundles =
        metrics
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(RepairSnapshotTest.class, "bundles"))
                    .build())
            .getCounters()
            .iterator()
            .next()
            .getCommitted();
    assertThat(bundles, is(lessThan(100L)));
  }

  private static final class CountBundlesFn extends DoFn<ChangeRecord, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter bundles = Metrics.counter(RepairSnapshotTest.class, "bundles");

    @StartBundle
    public void start() {
      bundles.inc();
    }

    @ProcessElement
    public void process() {
      // Only bundles count.
    }
  }

  @Test
  public void updateOfAKeyBringsTheOldRowBackAndDropsTheNew() {
    SnapshotRepair repair =
        new SnapshotRepair(Map.of(TABLE.id(), SnapshotRepairPropertyTest.window(5, 9)));
    ChangeRecord moved = change(Operation.UPDATE, 7, row(1, "a"), row(2, "a"));
    Map<String, Optional<ChangeRecord>> rows = new HashMap<>();

    repair.touched(moved, (key, first) -> rows.put(key, repair.rowAtStart(key, first)));

    assertThat(
        rows,
        is(
            Map.of(
                SnapshotRepair.key(TABLE, row(1, "a")),
                Optional.of(SnapshotRepairPropertyTest.read(row(1, "a"), 5)),
                SnapshotRepair.key(TABLE, row(2, "a")),
                Optional.empty())));
  }

  @Test
  public void truncateWhileTheSnapshotReadFailsAndLaterOnesDoNot() {
    SnapshotRepair repair =
        new SnapshotRepair(Map.of(TABLE.id(), SnapshotRepairPropertyTest.window(5, 9)));
    List<String> keys = new ArrayList<>();

    repair.touched(change(Operation.TRUNCATE, 10, null, null), (key, first) -> keys.add(key));
    repair.touched(change(Operation.TRUNCATE, 5, null, null), (key, first) -> keys.add(key));
    SourceException e =
        assertThrows(
            SourceException.class,
            () ->
                repair.touched(
                    change(Operation.TRUNCATE, 9, null, null), (key, first) -> keys.add(key)));

    assertThat(keys, is(List.of()));
    assertThat(
        e.getMessage(),
        is(
            "pos.things was truncated at 00000001:000000000900:000000, while its snapshot was read,"
                + " so what it held at the snapshot's start cannot be told. Take the snapshot of"
                + " this table again."));
  }

  @Test
  public void windowEndsAfterItStarts() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SnapshotRepairPropertyTest.window(5, 4));

    assertThat(
        e.getMessage(),
        is(
            "the end 00000001:000000000400:000000 is before the start"
                + " 00000001:000000000500:000000"));
  }
}
