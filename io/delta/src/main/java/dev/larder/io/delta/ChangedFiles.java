package dev.larder.io.delta;

import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.util.function.Consumer;

/** Reads the files that hold a version's changes. */
final class ChangedFiles {

  private ChangedFiles() {}

  /**
   * Gives all rows of a split, in the split's columns.
   *
   * @return rows read
   */
  static long read(String lake, ChangeSplit split, ScanCounts counts, Consumer<Object[]> sink) {
    TableStore store = TableStores.of(lake, split.table());
    RowScan scan = RowScan.of(store.location(), split.schema(), null, Filter.everything());
    long read = 0;
    try (RowIterator rows = new ScannedRows(store, split.version(), scan, split.slices(), counts)) {
      while (rows.hasNext()) {
        sink.accept(rows.next());
        read++;
      }
    } catch (SinkException e) {
      if (TableStores.isMissing(e)) {
        TableLog log = DeltaLogs.of(lake, split.table());
        long latest = log.latest().orElseThrow(() -> e).version();
        throw DeltaErrors.changesGone(
            store.location(), split.version(), ChangeHistory.availableAfter(log, latest), e);
      }
      throw e;
    }
    return read;
  }
}
