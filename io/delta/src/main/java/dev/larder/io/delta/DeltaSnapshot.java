package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.file.PartitionValues;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.file.StoredBounds;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.FieldPath;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

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

  /** When the version was committed, to the millisecond. */
  public Instant committedAt() {
    return state.committedAt();
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

  /** The partitions that have files, in no order; of a table without partition columns the one. */
  public List<PartitionFiles> partitions() {
    return List.copyOf(filesByPartition().keySet());
  }

  /** {@link #files} by partition. */
  public Map<PartitionFiles, List<String>> filesByPartition() {
    Map<Map<String, String>, List<DataFile>> texts = new LinkedHashMap<>();
    for (DataFile file : state.files()) {
      texts.computeIfAbsent(file.partitionValues(), any -> new ArrayList<>()).add(file);
    }
    Map<PartitionFiles, List<String>> partitions = new LinkedHashMap<>();
    texts.forEach(
        (values, files) ->
            partitions.put(
                new PartitionFiles(
                    values(files.get(0)),
                    files.size(),
                    files.stream().mapToLong(DataFile::size).sum()),
                files.stream().map(file -> store.address(file.path())).toList()));
    return partitions;
  }

  private List<Object> values(DataFile file) {
    List<Object> values = new ArrayList<>();
    for (String name : state.partitionColumns()) {
      Column column = state.schema().column(state.schema().position(name));
      values.add(PartitionValues.parse(file.path(), column, file.partitionValues().get(name)));
    }
    return values;
  }

  /** The columns that divide the table into partitions; empty if none do. */
  public List<String> partitionColumns() {
    return state.partitionColumns();
  }

  /** How many rows there are, if all files have statistics; else empty. */
  public OptionalLong rowCount() {
    long count = 0;
    for (DataFile file : state.files()) {
      long rows = StoredBounds.parse(file.stats()).rows();
      if (rows < 0) {
        return OptionalLong.empty();
      }
      count += rows;
    }
    return OptionalLong.of(count);
  }

  /** Bounds of a column's values by the files' statistics: of all rows, present ones alone. */
  public ColumnBounds bounds(String column) {
    FieldPath path =
        FieldPath.find(schema(), column)
            .orElseThrow(
                () -> DeltaErrors.noSuchColumn(store.location(), column, schema().names()));
    return state.files().stream()
        .map(file -> StoredBounds.parse(file.stats()).column(path))
        .filter(bounds -> bounds.rows() != 0 && bounds.rows() != bounds.nulls())
        .reduce(ColumnBounds::union)
        .orElse(ColumnBounds.ABSENT);
  }

  /** Bytes of the live files. */
  public long size() {
    return state.files().stream().mapToLong(DataFile::size).sum();
  }

  /** All rows in all columns, in no order. Close it. */
  public RowIterator rows() {
    return scan(null, Filter.everything());
  }

  /** Rows for which the filter is true, in all columns, in no order. Close it. */
  public RowIterator rows(Filter filter) {
    return scan(null, filter);
  }

  /** All rows in the given columns, in no order. Close it. */
  public RowIterator rows(List<String> columns) {
    return scan(columns, Filter.everything());
  }

  /**
   * Rows for which the filter is true, in the given columns, in no order. Files, row groups and
   * pages in which none can pass are not read. Close it.
   *
   * @param columns names in the order wanted, also of fields of structs: {@code after.id}
   * @param filter its columns need not be among {@code columns}
   * @throws dev.larder.io.changes.UserException for a column that the table lacks, or a literal of
   *     another type than its column
   */
  public RowIterator rows(List<String> columns, Filter filter) {
    return scan(columns, filter);
  }

  private RowIterator scan(List<String> columns, Filter filter) {
    RowScan scan = RowScan.of(store.location(), schema(), columns, filter);
    List<FileSlice> slices =
        FilePlan.files(state, scan.condition()).stream().map(FileSlice::whole).toList();
    return new ScannedRows(store, version(), scan, slices, new ScanCounts());
  }

  /** {@code /lake/vault/hub_order, version 3}. */
  @Override
  public String toString() {
    return store.location() + ", version " + version();
  }
}
