package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRows;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.util.function.Consumer;

/** The rows of a split, read while they are used. */
final class SplitRows implements TableRows {
  private static final long serialVersionUID = 1L;

  private final ReadPlan plan;
  private final ReadSplit split;

  SplitRows(ReadPlan plan, ReadSplit split) {
    this.plan = plan;
    this.split = split;
  }

  @Override
  public String table() {
    return split.table();
  }

  @Override
  public RowSchema schema() {
    return scan(store()).wanted();
  }

  private TableStore store() {
    return TableStores.of(plan.lake(), split.table());
  }

  private RowScan scan(TableStore store) {
    return plan.scan(store.location(), split.schema());
  }

  @Override
  public void forEach(Consumer<Object[]> out) {
    ScanCounts counts = new ScanCounts();
    long read = 0;
    TableStore store = store();
    try (RowIterator rows =
        new ScannedRows(store, split.version(), scan(store), split.slices(), counts)) {
      while (rows.hasNext()) {
        out.accept(rows.next());
        read++;
      }
    }
    new ReadMetrics().add(counts, read);
  }

  /** Without values: no payload may reach a log. */
  @Override
  public String toString() {
    return split.slices().size() + " slices of " + split.table();
  }
}
