package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;

/**
 * The rows of a row group without nested columns, put together a column at a time for a few rows:
 * twice as fast as Parquet's way, which goes from column to column for every row.
 */
final class FlatRows implements RowAssembly.Rows {
  private static final int BATCH = 256;

  private final int size;
  private final ColumnReader[] columns;
  private final int[] defined;
  private final Batch batch = new Batch();
  private final boolean isWhole;
  private final long rows;
  private long left;
  private int next;

  private static final class Batch implements ValueReader.Target {
    private Object[][] rows = new Object[0][];
    private int row;

    @Override
    public void set(int position, Object value) {
      rows[row][position] = value;
    }
  }

  FlatRows(RowSchema wanted, MessageType requested, PageReadStore pages, String createdBy) {
    this.size = wanted.size();
    this.rows = pages.getRowCount();
    this.left = rows;
    this.isWhole = pages.getRowIndexes().isEmpty();
    List<ColumnDescriptor> descriptors = requested.getColumns();
    Converter[] converters = new Converter[descriptors.size()];
    for (int i = 0; i < converters.length; i++) {
      int position = wanted.position(requested.getFieldName(i));
      converters[i] =
          ValueReader.of(
              wanted.column(position).type(),
              descriptors.get(i).getPrimitiveType(),
              batch,
              position);
    }
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new Columns(converters), requested, createdBy);
    this.columns = new ColumnReader[converters.length];
    this.defined = new int[converters.length];
    for (int i = 0; i < converters.length; i++) {
      columns[i] = store.getColumnReader(descriptors.get(i));
      defined[i] = descriptors.get(i).getMaxDefinitionLevel();
    }
  }

  private static final class Columns extends GroupConverter {
    private final Converter[] converters;

    Columns(Converter[] converters) {
      this.converters = converters;
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  @Override
  public Object[] next() {
    if (next == batch.rows.length) {
      if (left == 0) {
        return null;
      }
      fill((int) Math.min(left, BATCH));
    }
    return batch.rows[next++];
  }

  @Override
  public long place() {
    return isWhole ? rows - left - batch.rows.length + next - 1 : PlacedRows.UNKNOWN;
  }

  private void fill(int rows) {
    batch.rows = new Object[rows][size];
    for (int i = 0; i < columns.length; i++) {
      read(columns[i], defined[i], rows);
    }
    left -= rows;
    next = 0;
  }

  private void read(ColumnReader column, int present, int rows) {
    for (int i = 0; i < rows; i++) {
      if (column.getCurrentDefinitionLevel() == present) {
        batch.row = i;
        column.writeCurrentValueToConverter();
      }
      column.consume();
    }
  }
}
