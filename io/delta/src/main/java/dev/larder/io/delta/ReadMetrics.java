package dev.larder.io.delta;

import dev.larder.io.delta.file.ScanCounts;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** The counters of what is read. */
final class ReadMetrics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Counter rowGroupsRead = counter(MetricNames.ROW_GROUPS_READ);
  private final Counter rowGroupsPruned = counter(MetricNames.ROW_GROUPS_PRUNED);
  private final Counter rowsRead = counter(MetricNames.ROWS_READ);
  private final Counter bytesRead = counter(MetricNames.BYTES_READ);

  private static Counter counter(String name) {
    return Metrics.counter(DeltaIO.class, name);
  }

  void add(ScanCounts counts, long rows) {
    rowGroupsRead.inc(counts.rowGroupsRead());
    rowGroupsPruned.inc(counts.rowGroupsPruned());
    bytesRead.inc(counts.bytesRead());
    rowsRead.inc(rows);
  }
}
