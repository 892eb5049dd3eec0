package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.file.ScanCounts;
import org.apache.beam.sdk.transforms.DoFn;

/** Puts out all rows of files, each a change. */
final class ReadChangedFilesFn extends DoFn<ChangeSplit, TableRow> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final ReadMetrics metrics = new ReadMetrics();

  ReadChangedFilesFn(String lake) {
    this.lake = lake;
  }

  @ProcessElement
  public void process(@Element ChangeSplit split, OutputReceiver<TableRow> out) {
    ChangeRows rows =
        new ChangeRows(split.table(), split.schema(), split.version(), split.committedAt());
    ScanCounts counts = new ScanCounts();
    long read =
        ChangedFiles.read(lake, split, counts, row -> out.output(rows.row(split.type(), row)));
    metrics.add(counts, read);
  }
}
