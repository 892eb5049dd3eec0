package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/** Rows of a file without nested columns whose places are known; what lies between is not made. */
final class RowsAt implements PlacedRows {
  private final InputFile file;
  private final ParquetFileReader reader;
  private final RowSchema wanted;
  private final MessageType requested;
  private final long[] places;
  private final Cell cell = new Cell();
  private List<ColumnCursor> columns = List.of();
  private int rowGroup;
  private long firstRow;
  private long endRow;
  private int next;

  private static final class Cell implements ValueReader.Target {
    private Object[] row;

    @Override
    public void set(int position, Object value) {
      row[position] = value;
    }
  }

  private RowsAt(
      InputFile file,
      ParquetFileReader reader,
      RowSchema wanted,
      MessageType requested,
      long[] places) {
    this.file = file;
    this.reader = reader;
    this.wanted = wanted;
    this.requested = requested;
    this.places = places;
  }

  /**
   * @param places ascending
   * @return null if the file's columns cannot be read this way
   */
  static RowsAt open(InputFile file, RowSchema wanted, long[] places) {
    try {
      ParquetFileReader reader = TableFileReader.parquet(file);
      MessageType requested = Projection.of(wanted, reader.getFileMetaData().getSchema());
      if (!KeyedRows.canSkip(requested, reader.getRowGroups())) {
        reader.close();
        return null;
      }
      reader.setRequestedSchema(requested);
      return new RowsAt(file, reader, wanted, requested, places);
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
  }

  @Override
  public boolean hasNext() {
    return next < places.length;
  }

  @Override
  public Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long place = places[next++];
    try {
      while (place >= endRow) {
        openRowGroup(place);
      }
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
    cell.row = new Object[wanted.size()];
    for (ColumnCursor column : columns) {
      column.read(place - firstRow);
    }
    return cell.row;
  }

  /** The next one, decoded only if the row is in it. */
  private void openRowGroup(long place) throws IOException {
    BlockMetaData group = reader.getRowGroups().get(rowGroup);
    firstRow = endRow;
    endRow += group.getRowCount();
    if (place < endRow) {
      columns = cursors(reader.readRowGroup(rowGroup));
    }
    rowGroup++;
  }

  private List<ColumnCursor> cursors(PageReadStore pages) {
    List<ColumnCursor> cursors = new ArrayList<>();
    for (ColumnDescriptor column : requested.getColumns()) {
      int position = wanted.position(column.getPath()[0]);
      cursors.add(
          new ColumnCursor(
              column,
              pages.getPageReader(column),
              ValueReader.of(
                  wanted.column(position).type(), column.getPrimitiveType(), cell, position)));
    }
    return cursors;
  }

  @Override
  public long place() {
    return places[next - 1];
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
  }
}
