package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableId;
import dev.larder.transforms.bronze.ComparedTable.Gone;
import dev.larder.transforms.bronze.ComparedTable.Unchanged;
import dev.larder.transforms.bronze.ReadComparison.Found;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** The functions of {@link CompareReads}. */
final class CompareFns {

  private CompareFns() {}

  /** Whether a change is a row of the read that is compared. */
  private static boolean isNow(ChangeRecord change, ComparedTable table) {
    return change.sequence().position() == table.read().position();
  }

  /** Blocks of marks, by parts of all keys. */
  static final class MarkFn extends DoFn<ChangeRecord, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int BLOCK_BYTES = 1024 * ReadComparison.MARK_BYTES;

    private final TreeMap<TableId, ComparedTable> tables;
    private final int parts;
    private transient KeyHash.Of keys;
    private transient Map<Integer, ByteBuffer> blocks;

    MarkFn(TreeMap<TableId, ComparedTable> tables, int parts) {
      this.tables = tables;
      this.parts = parts;
    }

    @Setup
    public void setup() {
      keys = new KeyHash.Of();
    }

    @StartBundle
    public void start() {
      blocks = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element ChangeRecord change, OutputReceiver<KV<Integer, byte[]>> out) {
      ComparedTable table = tables.get(change.table().id());
      if (table == null) {
        return;
      }
      KeyHash key = keys.hash(change);
      int part = key.part(parts);
      ByteBuffer block = blocks.computeIfAbsent(part, any -> ByteBuffer.allocate(BLOCK_BYTES));
      if (isNow(change, table)) {
        ReadComparison.markNow(key, change, block);
      } else {
        ReadComparison.markBefore(key, change, block);
      }
      if (!block.hasRemaining()) {
        out.output(KV.of(part, block.array()));
        blocks.remove(part);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      blocks.forEach(
          (part, block) ->
              context.output(
                  KV.of(part, Arrays.copyOf(block.array(), block.position())),
                  GlobalWindow.INSTANCE.maxTimestamp(),
                  GlobalWindow.INSTANCE));
      blocks = null;
    }
  }

  /** What a part's keys are now that they were not. */
  static final class FindFn extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> part, OutputReceiver<byte[]> out) {
      ReadComparison comparison = new ReadComparison();
      part.getValue().forEach(block -> comparison.add(ByteBuffer.wrap(block)));
      comparison.found().forEach((found, keys) -> out.output(FoundKeys.block(found, keys)));
    }
  }

  /**
   * Rows that are to be loaded, or to be known for it, in blocks: those of changed and gone keys by
   * their part, others in parts of their own. Looks at the side input once a bundle: DirectRunner
   * builds it anew at every look.
   */
  static final class TakeFn extends DoFn<ChangeRecord, KV<Integer, List<ChangeRecord>>> {
    private static final long serialVersionUID = 1L;
    private static final int BLOCK_ROWS = 256;

    private final TreeMap<TableId, ComparedTable> tables;
    private final int parts;
    private final PCollectionView<Iterable<byte[]>> view;
    private final Counter rowsNew = Metrics.counter(CompareReads.class, MetricNames.ROWS_NEW);
    private transient KeyHash.Of keys;
    private transient FoundKeys found;
    private transient Map<Integer, List<ChangeRecord>> blocks;

    TakeFn(
        TreeMap<TableId, ComparedTable> tables, int parts, PCollectionView<Iterable<byte[]>> view) {
      this.tables = tables;
      this.parts = parts;
      this.view = view;
    }

    @Setup
    public void setup() {
      keys = new KeyHash.Of();
    }

    @StartBundle
    public void start() {
      found = null;
      blocks = new HashMap<>();
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ChangeRecord row = context.element();
      ComparedTable table = tables.get(row.table().id());
      if (table == null) {
        return;
      }
      if (found == null) {
        found = new FoundKeys(parts);
        context.sideInput(view).forEach(found::add);
      }
      KeyHash key = keys.hash(row);
      Found what = found.find(key);
      boolean isNow = isNow(row, table);
      boolean isTaken =
          isNow
              ? what != null || table.unchanged() == Unchanged.LOADED
              : what == Found.CHANGED || (what == Found.GONE && table.gone() == Gone.DELETED);
      if (isNow && what == Found.NEW) {
        rowsNew.inc();
      }
      if (isTaken) {
        boolean isAlone = what == null || what == Found.NEW;
        int block = isAlone ? parts + key.part(parts) : key.part(parts);
        List<ChangeRecord> rows = blocks.computeIfAbsent(block, any -> new ArrayList<>());
        rows.add(row);
        if (rows.size() >= BLOCK_ROWS) {
          context.output(KV.of(block, rows));
          blocks.remove(block);
        }
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      blocks.forEach(
          (block, rows) ->
              context.output(
                  KV.of(block, rows), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE));
      blocks = null;
    }
  }

  /** Says what the rows of a part mean. */
  static final class ChangesFn
      extends DoFn<KV<Integer, Iterable<List<ChangeRecord>>>, ChangeRecord> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<TableId, ComparedTable> tables;
    private final ChangeKeys keys;
    private final int parts;
    private final Counter rowsChanged =
        Metrics.counter(CompareReads.class, MetricNames.ROWS_CHANGED);
    private final Counter rowsGone = Metrics.counter(CompareReads.class, MetricNames.ROWS_GONE);

    ChangesFn(TreeMap<TableId, ComparedTable> tables, ChangeKeys keys, int parts) {
      this.tables = tables;
      this.keys = keys;
      this.parts = parts;
    }

    /** A key's last state before the read, and its row now; either may be null. */
    private static final class Row {
      private ChangeRecord before;
      private ChangeRecord now;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<List<ChangeRecord>>> part, OutputReceiver<ChangeRecord> out) {
      if (part.getKey() >= parts) {
        for (List<ChangeRecord> block : part.getValue()) {
          block.forEach(row -> out.output(ReadChange.of(row, table(row))));
        }
        return;
      }
      Map<KeyHash, Row> rows = new HashMap<>();
      KeyHash.Of hashes = new KeyHash.Of();
      for (List<ChangeRecord> block : part.getValue()) {
        for (ChangeRecord row : block) {
          put(rows.computeIfAbsent(hashes.hash(row), any -> new Row()), row);
        }
      }
      rows.values().forEach(row -> say(row, out));
    }

    private ComparedTable table(ChangeRecord row) {
      return tables.get(row.table().id());
    }

    private void put(Row row, ChangeRecord change) {
      if (!isNow(change, table(change))) {
        boolean isLast =
            row.before == null || row.before.sequence().compareTo(change.sequence()) < 0;
        row.before = isLast ? change : row.before;
      } else if (row.now == null
          || ReadComparison.values(change.after()) > ReadComparison.values(row.now.after())) {
        row.now = change; // read twice: the one that was compared
      }
    }

    private void say(Row row, OutputReceiver<ChangeRecord> out) {
      ComparedTable table = table(row.before == null ? row.now : row.before);
      if (row.now == null) {
        rowsGone.inc();
        out.output(ReadChange.gone(row.before, table));
      } else {
        rowsChanged.inc();
        ReadChange.changed(row.before, row.now, table, keys).forEach(out::output);
      }
    }
  }
}
