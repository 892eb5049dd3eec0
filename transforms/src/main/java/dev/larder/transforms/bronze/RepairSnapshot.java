package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableChangesCoder;
import dev.larder.io.changes.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Brings a snapshot that was read without a lock to the exact state at its start, by the log
 * ({@link SnapshotRepair} has the rule).
 *
 * <p><b>Input / Output</b>: the snapshot's changes (READ) of the tables that are handed over, and
 * the log's changes ({@link #byLog}), complete at least from each table's P0 to its P1; more of the
 * log, and other tables in it, do no harm. Both bounded, in the global window. Out come READ
 * changes at P0.
 *
 * <p><b>Cost</b>: the snapshot is not shuffled. Of the log, the first change of each key that was
 * touched while the snapshot was read crosses one shuffle, in blocks, and is held in memory by one
 * of {@value #SHARDS} parts; the keys alone are held by every worker as a side input.
 *
 * <p><b>Errors</b>: fails with a SourceException if a table was truncated while it was read.
 */
public final class RepairSnapshot
    extends PTransform<PCollection<TableChanges>, PCollection<TableChanges>> {
  private static final long serialVersionUID = 1L;

  /** A group for each key would be a bundle for each key on DirectRunner: 60 keys a second. */
  private static final int SHARDS = 16;

  private static final Coder<KV<String, ChangeRecord>> TOUCHED =
      KvCoder.of(StringUtf8Coder.of(), ChangeRecordCoder.of());

  private final transient PCollection<TableChanges> log;
  private final SnapshotRepair repair;

  private RepairSnapshot(PCollection<TableChanges> log, SnapshotRepair repair) {
    this.log = log;
    this.repair = repair;
  }

  /**
   * @param windows when each table was read
   */
  public static RepairSnapshot byLog(
      PCollection<TableChanges> log, Map<TableId, SnapshotWindow> windows) {
    return new RepairSnapshot(log, new SnapshotRepair(windows));
  }

  @Override
  public PCollection<TableChanges> expand(PCollection<TableChanges> snapshot) {
    PCollection<KV<String, ChangeRecord>> firstChanges =
        log.apply("Key changes while it was read", ParDo.of(new TouchedKeysFn(repair)))
            .setCoder(KvCoder.of(VarIntCoder.of(), ListCoder.of(TOUCHED)))
            .apply("Bring changes of a key together", GroupByKey.create())
            .apply("Find the first change of each key", ParDo.of(new FirstChangesFn()))
            .setCoder(TOUCHED);
    PCollectionView<Iterable<String>> touched =
        firstChanges
            .apply("Take the touched keys", Keys.create())
            .apply("Share the touched keys", View.asIterable());
    PCollection<TableChanges> untouched =
        snapshot
            .apply(
                "Leave out touched rows",
                ParDo.of(new UntouchedRowsFn(touched)).withSideInputs(touched))
            .setCoder(TableChangesCoder.of());
    PCollection<TableChanges> asTheyWere =
        firstChanges
            .apply("Put touched rows as they were", ParDo.of(new RowsAtStartFn(repair)))
            .setCoder(TableChangesCoder.of());
    return PCollectionList.of(untouched)
        .and(asTheyWere)
        .apply("Join untouched and former rows", Flatten.pCollections());
  }

  /** Keeps the first change of each key of a bundle. */
  static final class TouchedKeysFn
      extends DoFn<TableChanges, KV<Integer, List<KV<String, ChangeRecord>>>> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_KEPT = 10_000;

    private final SnapshotRepair repair;
    private transient Map<String, ChangeRecord> first;

    TouchedKeysFn(SnapshotRepair repair) {
      this.repair = repair;
    }

    @StartBundle
    public void start() {
      first = new HashMap<>();
    }

    @ProcessElement
    public void process(
        @Element TableChanges changes,
        OutputReceiver<KV<Integer, List<KV<String, ChangeRecord>>>> out) {
      changes.forEach(change -> take(change, out));
    }

    private void take(
        ChangeRecord change, OutputReceiver<KV<Integer, List<KV<String, ChangeRecord>>>> out) {
      repair.touched(change, (key, touching) -> first.merge(key, touching, SnapshotRepair::first));
      if (first.size() >= MAX_KEPT) {
        blocks().forEach((shard, block) -> out.output(KV.of(shard, block)));
        first.clear();
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      blocks()
          .forEach(
              (shard, block) ->
                  context.output(
                      KV.of(shard, block),
                      GlobalWindow.INSTANCE.maxTimestamp(),
                      GlobalWindow.INSTANCE));
      first = null;
    }

    private Map<Integer, List<KV<String, ChangeRecord>>> blocks() {
      Map<Integer, List<KV<String, ChangeRecord>>> blocks = new HashMap<>();
      first.forEach(
          (key, change) ->
              blocks
                  .computeIfAbsent(
                      Math.floorMod(key.hashCode(), SHARDS), shard -> new ArrayList<>())
                  .add(KV.of(key, change)));
      return blocks;
    }
  }

  /** Finds the first change of each key of a shard. */
  static final class FirstChangesFn
      extends DoFn<
          KV<Integer, Iterable<List<KV<String, ChangeRecord>>>>, KV<String, ChangeRecord>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<List<KV<String, ChangeRecord>>>> shard,
        OutputReceiver<KV<String, ChangeRecord>> out) {
      Map<String, ChangeRecord> first = new HashMap<>();
      for (List<KV<String, ChangeRecord>> block : shard.getValue()) {
        block.forEach(
            change -> first.merge(change.getKey(), change.getValue(), SnapshotRepair::first));
      }
      first.forEach((key, change) -> out.output(KV.of(key, change)));
    }
  }

  /** Looks at the side input once a bundle: DirectRunner builds it anew at every look. */
  static final class UntouchedRowsFn extends DoFn<TableChanges, TableChanges> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Iterable<String>> view;
    private transient HashSet<String> touched;

    UntouchedRowsFn(PCollectionView<Iterable<String>> view) {
      this.view = view;
    }

    @StartBundle
    public void start() {
      touched = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (touched == null) {
        touched = new HashSet<>();
        context.sideInput(view).forEach(touched::add);
      }
      context.output(
          touched.isEmpty() ? context.element() : context.element().where(isNoneOf(touched)));
    }

    private static SerializableFunction<ChangeRecord, Boolean> isNoneOf(HashSet<String> keys) {
      return row -> !keys.contains(SnapshotRepair.key(row.table(), row.image()));
    }
  }

  static final class RowsAtStartFn extends DoFn<KV<String, ChangeRecord>, TableChanges> {
    private static final long serialVersionUID = 1L;
    private final SnapshotRepair repair;

    RowsAtStartFn(SnapshotRepair repair) {
      this.repair = repair;
    }

    @ProcessElement
    public void process(@Element KV<String, ChangeRecord> first, OutputReceiver<TableChanges> out) {
      repair
          .rowAtStart(first.getKey(), first.getValue())
          .ifPresent(row -> out.output(TableChanges.of(row.table(), List.of(row))));
    }
  }
}
