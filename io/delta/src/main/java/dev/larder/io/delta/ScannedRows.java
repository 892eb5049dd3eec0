package dev.larder.io.delta;

import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.util.Collection;
import java.util.function.Supplier;

/** The wanted rows of slices of one version, in its wanted columns. */
final class ScannedRows implements RowIterator {
  private final TableStore store;
  private final long version;
  private final RowScan scan;
  private final RowIterator rows;

  ScannedRows(
      TableStore store,
      long version,
      RowScan scan,
      Collection<FileSlice> slices,
      ScanCounts counts) {
    this.store = store;
    this.version = version;
    this.scan = scan;
    this.rows =
        explained(() -> new TableFiles(store).rows(slices, scan.read(), scan.condition(), counts));
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Object[] next() {
    return scan.result(explained(rows::next));
  }

  @Override
  public void close() {
    rows.close();
  }

  private <T> T explained(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SinkException e) {
      if (TableStores.isMissing(e)) {
        throw DeltaErrors.fileGone(store.location(), version, e);
      }
      throw e;
    }
  }
}
