package dev.larder.io.delta;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Reads the rows of a file. */
final class ReadFileFn extends DoFn<PlannedFile, TableRow> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final List<String> columns;
  private final List<ColumnRange> ranges;
  private final Counter rowsRead = Metrics.counter(DeltaIO.class, MetricNames.ROWS_READ);

  ReadFileFn(String lake, List<String> columns, List<ColumnRange> ranges) {
    this.lake = lake;
    this.columns = columns;
    this.ranges = ranges;
  }

  @ProcessElement
  public void process(@Element PlannedFile planned, OutputReceiver<TableRow> out) {
    TableStore store = TableStores.of(lake, planned.table());
    RowScan scan = RowScan.of(store.location(), planned.schema(), columns, ranges);
    long count = 0;
    try (RowIterator rows =
        new TableFiles(store).rows(List.of(planned.file()), scan.read(), scan.passes())) {
      while (rows.hasNext()) {
        Object[] row = scan.result(rows.next());
        out.output(TableRow.put(planned.table(), scan.wanted(), row, Sequence.BEGINNING));
        count++;
      }
    }
    rowsRead.inc(count);
  }
}
