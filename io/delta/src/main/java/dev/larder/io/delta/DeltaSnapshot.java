package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import java.util.List;
import java.util.Map;

/** One version of a table, for use on a driver. It does not change; reading it needs its files. */
public final class DeltaSnapshot {
  private final TableStore store;
  private final TableState state;

  public DeltaSnapshot(TableStore store, TableState state) {
    this.store = store;
    this.state = state;
  }

  public long version() {
    return state.version();
  }

  /** All columns, in the table's order. */
  public RowSchema schema() {
    return state.schema();
  }

  /** The table's own properties, for example the hash profile. */
  public Map<String, String> properties() {
    return state.properties();
  }

  /**
   * Absolute paths of the live Parquet files, or their URIs if they are not local, in no order:
   * what another engine has to read.
   */
  public List<String> files() {
    return state.files().stream().map(file -> store.address(file.path())).toList();
  }

  /** Bytes of the live files. */
  public long size() {
    return state.files().stream().mapToLong(DataFile::size).sum();
  }

  /** All rows in all columns, in no order. Close it. */
  public RowIterator rows() {
    return rows(null, List.of());
  }

  /**
   * Rows in the given columns, in no order. Close it.
   *
   * @param columns names in the order wanted
   * @param ranges rows must lie in all of them; their columns need not be among {@code columns}
   * @throws dev.larder.io.changes.UserException for a column that the table lacks
   */
  public RowIterator rows(List<String> columns, ColumnRange... ranges) {
    return rows(columns, List.of(ranges));
  }

  private RowIterator rows(List<String> columns, List<ColumnRange> ranges) {
    RowScan scan = RowScan.of(store.location(), schema(), columns, ranges);
    TableFiles files = new TableFiles(store);
    RowIterator rows = files.rows(state.files(), scan.read(), scan.passes());
    return new RowIterator() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Object[] next() {
        return scan.result(rows.next());
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  /** {@code /lake/vault/hub_order, version 3}. */
  @Override
  public String toString() {
    return store.location() + ", version " + version();
  }
}
