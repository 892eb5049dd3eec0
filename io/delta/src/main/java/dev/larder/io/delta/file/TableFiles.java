package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.parquet.hadoop.ParquetFileReader;

/** Reads and writes the files of one table. */
public final class TableFiles {
  private static final Condition EVERYTHING = new Condition.AllOf(List.of());

  private final TableStore store;
  private final StatisticsScope scope;

  public TableFiles(TableStore store) {
    this(store, StatisticsScope.DEFAULT);
  }

  /**
   * @param scope which columns of written files have statistics
   */
  public TableFiles(TableStore store, StatisticsScope scope) {
    this.store = store;
    this.scope = scope;
  }

  public RowIterator read(DataFile file, RowSchema wanted) {
    return read(FileSlice.whole(file), wanted, EVERYTHING, new ScanCounts());
  }

  /**
   * The rows of a slice that pass, and maybe others.
   *
   * @param wanted holds the condition's columns
   */
  RowIterator read(FileSlice slice, RowSchema wanted, Condition condition, ScanCounts counts) {
    return TableFileReader.open(store.input(slice.file().path()), slice, wanted, condition, counts);
  }

  /**
   * The rows of a file that may have one of the keys and may pass, and maybe others; each with its
   * place where that is known.
   *
   * @param wanted holds the column of the keys and those of the condition
   */
  public PlacedRows read(DataFile file, RowSchema wanted, Condition condition, KeyFilter keys) {
    return TableFileReader.open(
        store.input(file.path()), FileSlice.whole(file), wanted, condition, keys, new ScanCounts());
  }

  /**
   * Rows of a file of a table without partitions.
   *
   * @param places numbers of the rows in the file, ascending
   * @return nothing if the file has to be read from end to end
   */
  public Optional<PlacedRows> readAt(DataFile file, RowSchema wanted, long[] places) {
    return Optional.ofNullable(RowsAt.open(store.input(file.path()), wanted, places));
  }

  /** Whether a file holds the columns that it has in the form in which they would be written. */
  public boolean holdsTypes(DataFile file, RowSchema schema) {
    try (ParquetFileReader reader = ParquetFileReader.open(store.input(file.path()))) {
      return Projection.holds(ParquetTypes.message(schema), reader.getFileMetaData().getSchema());
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotRead(store.address(file.path()), e);
    }
  }

  public List<DataFile> write(RowSchema schema, int bucket, Iterator<Object[]> rows) {
    RollingFiles files = new RollingFiles(store, schema, bucket).withStatistics(scope);
    rows.forEachRemaining(files::write);
    return files.finish();
  }

  /** Writes the rows of files that pass into new files. */
  public List<DataFile> rewrite(
      Collection<DataFile> files, RowSchema schema, int bucket, Predicate<Object[]> stays) {
    try (RowIterator rows = rows(files, schema, stays)) {
      return write(schema, bucket, rows);
    }
  }

  /**
   * Writes a file of a table without partitions anew with other values in some columns.
   *
   * @param schema of the table
   * @return nothing if this file has to be rewritten row by row
   */
  public Optional<DataFile> patch(DataFile file, RowSchema schema, ColumnPatch patch) {
    return PatchedFile.write(store, file, schema, patch, scope);
  }

  /** The rows of several files, one after the other, that pass. */
  public RowIterator rows(
      Collection<DataFile> files, RowSchema wanted, Predicate<Object[]> passes) {
    Iterator<DataFile> each = files.iterator();
    return new FilteredRows(() -> each.hasNext() ? read(each.next(), wanted) : null, passes);
  }

  /**
   * The rows of several slices, one after the other, for which the condition is true.
   *
   * @param wanted holds the condition's columns
   */
  public RowIterator rows(
      Collection<FileSlice> slices, RowSchema wanted, Condition condition, ScanCounts counts) {
    Iterator<FileSlice> each = slices.iterator();
    return new FilteredRows(
        () -> each.hasNext() ? read(each.next(), wanted, condition, counts) : null,
        condition.isEverything() ? row -> true : condition::passes);
  }

  private static final class FilteredRows implements RowIterator {
    private final Supplier<RowIterator> files;
    private final Predicate<Object[]> passes;
    private RowIterator open;
    private Object[] next;

    /**
     * @param files gives null at the end
     */
    FilteredRows(Supplier<RowIterator> files, Predicate<Object[]> passes) {
      this.files = files;
      this.passes = passes;
      advance();
    }

    private void advance() {
      next = null;
      while (next == null) {
        if (open != null && open.hasNext()) {
          Object[] row = open.next();
          next = passes.test(row) ? row : null;
        } else {
          close();
          open = files.get();
          if (open == null) {
            return;
          }
        }
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Object[] next() {
      if (next == null) {
        throw new java.util.NoSuchElementException();
      }
      Object[] row = next;
      advance();
      return row;
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
