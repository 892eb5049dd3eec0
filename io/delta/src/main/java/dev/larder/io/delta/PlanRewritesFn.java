package dev.larder.io.delta;

import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.service.FileGroup;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.OptimizeTable;
import dev.larder.io.delta.service.RewriteResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Which files of a table are to be written anew, once all of them are in buckets. */
final class PlanRewritesFn extends DoFn<KV<String, Iterable<RewriteResult>>, FileGroup> {
  static final TupleTag<FileGroup> GROUPS =
      new TupleTag<>("groups") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<KV<String, RewriteResult>> DONE =
      new TupleTag<>("done") {
        private static final long serialVersionUID = 1L;
      };

  private static final long serialVersionUID = 1L;

  private final String lake;
  private final OptimizeSettings settings;
  private final Counter rowsPlanned = Metrics.counter(DeltaIO.class, MetricNames.ROWS_PLANNED);

  PlanRewritesFn(String lake, OptimizeSettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<RewriteResult>> split, MultiOutputReceiver out) {
    String table = split.getKey();
    split.getValue().forEach(result -> out.get(DONE).output(KV.of(table, result)));
    for (FileGroup group :
        new OptimizeTable(table, DeltaLogs.of(lake, table), settings).rewrites()) {
      rowsPlanned.inc(group.rows());
      out.get(GROUPS).output(group);
    }
  }
}
