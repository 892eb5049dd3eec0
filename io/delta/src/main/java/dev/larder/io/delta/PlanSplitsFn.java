package dev.larder.io.delta;

import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.service.FileGroup;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.OptimizeTable;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Which files of a table are to be put into buckets; an empty group for each table besides. */
final class PlanSplitsFn extends DoFn<String, FileGroup> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final OptimizeSettings settings;
  private final Counter rowsPlanned = Metrics.counter(DeltaIO.class, MetricNames.ROWS_PLANNED);

  PlanSplitsFn(String lake, OptimizeSettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  @ProcessElement
  public void process(@Element String table, OutputReceiver<FileGroup> out) {
    for (FileGroup group : new OptimizeTable(table, DeltaLogs.of(lake, table), settings).splits()) {
      rowsPlanned.inc(group.rows());
      out.output(group);
    }
    out.output(new FileGroup(table, List.of()));
  }
}
