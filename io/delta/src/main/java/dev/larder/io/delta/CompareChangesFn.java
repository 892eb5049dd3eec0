package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.change.BagDifference;
import dev.larder.io.delta.change.RowChange;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Puts out the rows of a part that have no counterpart. */
final class CompareChangesFn extends DoFn<KV<ChangePart, Iterable<ChangeBlock>>, TableRow> {
  private static final long serialVersionUID = 1L;

  private final Counter rowsRead = Metrics.counter(DeltaIO.class, MetricNames.ROWS_READ);

  @ProcessElement
  public void process(
      @Element KV<ChangePart, Iterable<ChangeBlock>> grouped, OutputReceiver<TableRow> out) {
    ChangePart part = grouped.getKey();
    RowSchema schema = null;
    BagDifference bags = null;
    for (ChangeBlock block : grouped.getValue()) {
      if (bags == null) {
        schema = block.schema();
        bags = new BagDifference(part.key().stream().mapToInt(schema::position).toArray());
      }
      block.addTo(bags);
    }
    if (bags == null) {
      return;
    }
    ChangeRows rows = new ChangeRows(part.table(), schema, part.version(), part.committedAt());
    long count = 0;
    for (RowChange change : bags.changes()) {
      out.output(rows.row(change.type(), change.row()));
      count++;
    }
    rowsRead.inc(count);
  }
}
