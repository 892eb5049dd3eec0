package dev.larder.io.delta;

import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.service.OptimizeReport;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.OptimizeTable;
import dev.larder.io.delta.service.RewriteResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Sums up what became of a table, and leaves a checkpoint of it. */
final class ReportOptimizedFn extends DoFn<KV<String, Iterable<RewriteResult>>, OptimizeReport> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final OptimizeSettings settings;

  ReportOptimizedFn(String lake, OptimizeSettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<RewriteResult>> results, OutputReceiver<OptimizeReport> out) {
    String table = results.getKey();
    out.output(
        new OptimizeTable(table, DeltaLogs.of(lake, table), settings).finish(results.getValue()));
  }
}
