package dev.larder.io.delta;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import org.apache.beam.sdk.transforms.DoFn;

/** Reads the rows of a split. */
final class ReadFileFn extends DoFn<ReadSplit, TableRow> {
  private static final long serialVersionUID = 1L;

  private final ReadPlan plan;
  private final ReadMetrics metrics = new ReadMetrics();

  ReadFileFn(ReadPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element ReadSplit split, OutputReceiver<TableRow> out) {
    TableStore store = TableStores.of(plan.lake(), split.table());
    RowScan scan = plan.scan(store.location(), split.schema());
    ScanCounts counts = new ScanCounts();
    long rowsRead = 0;
    try (RowIterator rows = new ScannedRows(store, split.version(), scan, split.slices(), counts)) {
      while (rows.hasNext()) {
        out.output(TableRow.put(split.table(), scan.wanted(), rows.next(), Sequence.BEGINNING));
        rowsRead++;
      }
    }
    metrics.add(counts, rowsRead);
  }
}
