package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Groups the rows of a bundle by table and bucket into blocks. */
final class BlockRowsFn extends DoFn<TableRow, KV<TablePart, RowBlock>> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_BYTES = 4 << 20;
  private static final long BUNDLE_BYTES = 64L << 20;

  /** Full blocks of a table without key are dealt out to so many parts, each a writer. */
  private static final int APPEND_PARTS = 8;

  private final LoadPlan plan;
  private final Counter rowsIn = Metrics.counter(DeltaIO.class, MetricNames.ROWS_IN);

  /** What is known of tables; constant while this function lives. */
  private transient Map<String, Route> routes;

  private transient Map<TablePart, List<RowBlock.Builder>> blocks;
  private transient long bytes;
  private transient long rows;
  private transient int nextPart;

  BlockRowsFn(LoadPlan plan) {
    this.plan = plan;
  }

  /** Where the rows of a table go. */
  private static final class Route {
    private final List<String> key;
    private final int buckets;
    private final boolean whole;
    private RowSchema schema;
    private RowKey.Of rowKey;

    Route(List<String> key, int buckets, boolean whole) {
      this.key = key;
      this.buckets = buckets;
      this.whole = whole;
    }

    int part(TableRow row) {
      if (key.isEmpty() || whole) {
        return whole ? TablePart.WHOLE : 0;
      }
      if (row.schema() != schema) {
        rowKey = new RowKey.Of(row.schema(), key);
        schema = row.schema();
      }
      return rowKey.bucket(row.values(), buckets);
    }
  }

  @Setup
  public void setup() {
    routes = new HashMap<>();
  }

  @StartBundle
  public void startBundle() {
    blocks = new HashMap<>();
    bytes = 0;
    rows = 0;
    nextPart = ThreadLocalRandom.current().nextInt(APPEND_PARTS);
  }

  @ProcessElement
  public void process(@Element TableRow row, OutputReceiver<KV<TablePart, RowBlock>> out) {
    Route route = routes.computeIfAbsent(row.table(), this::route);
    TablePart part = new TablePart(row.table(), route.part(row));
    List<RowBlock.Builder> open = blocks.computeIfAbsent(part, any -> new ArrayList<>(1));
    RowBlock.Builder block = block(open, row.schema());
    int before = block.size();
    block.add(row);
    bytes += block.size() - before;
    rows++;
    if (block.size() >= BLOCK_BYTES) {
      open.removeIf(each -> each == block);
      bytes -= block.size();
      out.output(KV.of(route.key.isEmpty() ? dealt(part) : part, block.build()));
    } else if (bytes >= BUNDLE_BYTES) {
      blocks.forEach((each, builders) -> builders.forEach(b -> out.output(KV.of(each, b.build()))));
      blocks.clear();
      bytes = 0;
    }
  }

  private TablePart dealt(TablePart part) {
    nextPart = (nextPart + 1) % APPEND_PARTS;
    return new TablePart(part.table(), nextPart);
  }

  private static RowBlock.Builder block(List<RowBlock.Builder> open, RowSchema schema) {
    for (RowBlock.Builder block : open) {
      if (block.schema() == schema || block.schema().equals(schema)) {
        return block;
      }
    }
    RowBlock.Builder block = new RowBlock.Builder(schema);
    open.add(block);
    return block;
  }

  private Route route(String table) {
    LoadRule rule = plan.rule(table);
    List<String> key = LoadPlan.key(rule);
    if (key.isEmpty()) {
      return new Route(key, 1, false);
    }
    TableState stored = plan.log(table).latest().orElse(null);
    int buckets = plan.buckets(table, stored);
    // A file of no bucket (another engine wrote it) that must be rewritten belongs to one merge
    // only.
    boolean whole =
        rule instanceof LoadRule.Scd2
            && buckets > 1
            && stored != null
            && stored.files().stream().anyMatch(file -> file.bucket() == DataFile.ANY_BUCKET);
    return new Route(key, buckets, whole);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    blocks.forEach(
        (part, builders) ->
            builders.forEach(
                block ->
                    context.output(
                        KV.of(part, block.build()),
                        GlobalWindow.INSTANCE.maxTimestamp(),
                        GlobalWindow.INSTANCE)));
    rowsIn.inc(rows);
    blocks = null;
  }
}
