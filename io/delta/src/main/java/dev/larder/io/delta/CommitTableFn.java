package dev.larder.io.delta;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Makes a batch visible in one table, once. */
final class CommitTableFn extends DoFn<KV<String, Iterable<PartResult>>, TableCommit> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;
  private final Counter rowsAdded = Metrics.counter(DeltaIO.class, MetricNames.ROWS_ADDED);
  private final Counter bytesWritten = Metrics.counter(DeltaIO.class, MetricNames.BYTES_WRITTEN);
  private final Counter mergedAgain =
      Metrics.counter(DeltaIO.class, MetricNames.PARTS_MERGED_AGAIN);
  private final Distribution commitMs = Metrics.distribution(DeltaIO.class, MetricNames.COMMIT_MS);

  CommitTableFn(LoadPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<PartResult>> table, OutputReceiver<TableCommit> out) {
    long started = System.nanoTime();
    TableCommitter committer = new TableCommitter(plan, table.getKey());
    TableCommit commit = committer.commit(table.getValue());
    mergedAgain.inc(committer.partsMergedAgain());
    commitMs.update((System.nanoTime() - started) / 1_000_000);
    rowsAdded.inc(commit.rowsAdded());
    bytesWritten.inc(commit.bytesAdded());
    out.output(commit);
  }
}
