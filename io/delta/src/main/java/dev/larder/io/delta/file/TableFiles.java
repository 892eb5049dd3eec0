package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Reads and writes the files of one table. */
public final class TableFiles {
  private final TableStore store;

  public TableFiles(TableStore store) {
    this.store = store;
  }

  public RowIterator read(DataFile file, RowSchema wanted) {
    return TableFileReader.open(store.input(file.path()), wanted);
  }

  public List<DataFile> write(RowSchema schema, int bucket, Iterator<Object[]> rows) {
    RollingFiles files = new RollingFiles(store, schema, bucket);
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

  /** The rows of several files, one after the other, that pass. */
  public RowIterator rows(
      Collection<DataFile> files, RowSchema wanted, Predicate<Object[]> passes) {
    return new FilteredRows(files.iterator(), wanted, passes);
  }

  private final class FilteredRows implements RowIterator {
    private final Iterator<DataFile> files;
    private final RowSchema schema;
    private final Predicate<Object[]> passes;
    private RowIterator open;
    private Object[] next;

    FilteredRows(Iterator<DataFile> files, RowSchema schema, Predicate<Object[]> passes) {
      this.files = files;
      this.schema = schema;
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
          if (!files.hasNext()) {
            return;
          }
          open = read(files.next(), schema);
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
