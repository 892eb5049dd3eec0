package dev.larder.io.delta;

import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Lists what has to be read of a table's version. */
final class PlanFilesFn extends DoFn<String, ReadSplit> {
  private static final long serialVersionUID = 1L;

  private final ReadPlan plan;
  private final Counter planned = Metrics.counter(DeltaIO.class, MetricNames.FILES_PLANNED);
  private final Counter pruned = Metrics.counter(DeltaIO.class, MetricNames.FILES_PRUNED);

  PlanFilesFn(ReadPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element String table, OutputReceiver<ReadSplit> out) {
    TableLog log = DeltaLogs.of(plan.lake(), table);
    TableState state = state(log);
    Condition condition = plan.scan(log.location(), state.schema()).condition();
    List<DataFile> files = FilePlan.files(state, condition);
    for (List<FileSlice> slices : FilePlan.splits(files)) {
      out.output(new ReadSplit(table, state.version(), state.schema(), slices));
    }
    planned.inc(files.size());
    pruned.inc(state.files().size() - files.size());
  }

  private TableState state(TableLog log) {
    if (plan.version() != null) {
      return log.at(plan.version());
    }
    if (plan.time() != null) {
      return log.at(log.versionAsOf(plan.time()));
    }
    return log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
  }
}
