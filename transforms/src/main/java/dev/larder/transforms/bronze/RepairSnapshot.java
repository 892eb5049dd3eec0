package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
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
 * <p><b>Cost</b>: the snapshot is not shuffled. The first change of each key that the log touches
 * is found by a combine; the keys alone are held by every worker as a side input, so hand over
 * early: give the log up to P1 and not much more.
 *
 * <p><b>Errors</b>: fails with a SourceException if a table was truncated while it was read.
 */
public final class RepairSnapshot
    extends PTransform<PCollection<ChangeRecord>, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  private final transient PCollection<ChangeRecord> log;
  private final SnapshotRepair repair;

  private RepairSnapshot(PCollection<ChangeRecord> log, SnapshotRepair repair) {
    this.log = log;
    this.repair = repair;
  }

  /**
   * @param windows when each table was read
   */
  public static RepairSnapshot byLog(
      PCollection<ChangeRecord> log, Map<TableId, SnapshotWindow> windows) {
    return new RepairSnapshot(log, new SnapshotRepair(windows));
  }

  @Override
  public PCollection<ChangeRecord> expand(PCollection<ChangeRecord> snapshot) {
    PCollection<KV<String, ChangeRecord>> firstChanges =
        log.apply("Key changes after P0", ParDo.of(new TouchedKeysFn(repair)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ChangeRecordCoder.of()))
            .apply("Find the first change of each key", Combine.perKey(new FirstChange()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ChangeRecordCoder.of()));
    PCollectionView<Iterable<String>> touched =
        firstChanges
            .apply("Take the touched keys", Keys.create())
            .apply("Share the touched keys", View.asIterable());
    PCollection<ChangeRecord> untouched =
        snapshot
            .apply(
                "Leave out touched rows",
                ParDo.of(new UntouchedRowsFn(touched)).withSideInputs(touched))
            .setCoder(ChangeRecordCoder.of());
    PCollection<ChangeRecord> asTheyWere =
        firstChanges
            .apply("Put touched rows as they were", ParDo.of(new RowsAtStartFn(repair)))
            .setCoder(ChangeRecordCoder.of());
    return PCollectionList.of(untouched)
        .and(asTheyWere)
        .apply("Join untouched and former rows", Flatten.pCollections());
  }

  static final class FirstChange extends Combine.BinaryCombineFn<ChangeRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ChangeRecord apply(ChangeRecord left, ChangeRecord right) {
      return SnapshotRepair.first(left, right);
    }
  }

  static final class TouchedKeysFn extends DoFn<ChangeRecord, KV<String, ChangeRecord>> {
    private static final long serialVersionUID = 1L;
    private final SnapshotRepair repair;

    TouchedKeysFn(SnapshotRepair repair) {
      this.repair = repair;
    }

    @ProcessElement
    public void process(
        @Element ChangeRecord change, OutputReceiver<KV<String, ChangeRecord>> out) {
      repair.touched(change, (key, touching) -> out.output(KV.of(key, touching)));
    }
  }

  /** Looks at the side input once a bundle: DirectRunner builds it anew at every look. */
  static final class UntouchedRowsFn extends DoFn<ChangeRecord, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Iterable<String>> view;
    private transient Set<String> touched;

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
      ChangeRecord row = context.element();
      if (touched.isEmpty() || !touched.contains(SnapshotRepair.key(row.table(), row.image()))) {
        context.output(row);
      }
    }
  }

  static final class RowsAtStartFn extends DoFn<KV<String, ChangeRecord>, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final SnapshotRepair repair;

    RowsAtStartFn(SnapshotRepair repair) {
      this.repair = repair;
    }

    @ProcessElement
    public void process(@Element KV<String, ChangeRecord> first, OutputReceiver<ChangeRecord> out) {
      repair.rowAtStart(first.getKey(), first.getValue()).ifPresent(out::output);
    }
  }
}
