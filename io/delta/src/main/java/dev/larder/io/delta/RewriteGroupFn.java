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

/** Writes the files of a group anew and commits them. */
final class RewriteGroupFn extends DoFn<FileGroup, KV<String, RewriteResult>> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final OptimizeSettings settings;
  private final Counter rowsRewritten = Metrics.counter(DeltaIO.class, MetricNames.ROWS_REWRITTEN);

  private final Counter setsGivenUp = Metrics.counter(DeltaIO.class, MetricNames.SETS_GIVEN_UP);

  RewriteGroupFn(String lake, OptimizeSettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  @ProcessElement
  public void process(@Element FileGroup group, OutputReceiver<KV<String, RewriteResult>> out) {
    OptimizeTable table =
        new OptimizeTable(group.table(), DeltaLogs.of(lake, group.table()), settings);
    RewriteResult result = table.run(group, rowsRewritten::inc);
    setsGivenUp.inc(result.setsGivenUp());
    out.output(KV.of(group.table(), result));
  }
}
