package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.filter.Condition;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * The rows of one Parquet file, in the columns of a wanted schema.
 *
 * <p>Row groups are read without {@code ParquetReader}, whose builder parses Hadoop's XML defaults
 * for every file: half the time of a small batch.
 */
public final class TableFileReader implements RowIterator {
  private final InputFile file;
  private final ParquetFileReader reader;
  private final RowGroups rowGroups;
  private Object[] partition;
  private final RowAssembly assembly;
  private Supplier<Object[]> rowGroup;
  private long rowsLeft;
  private Object[] next;

  private TableFileReader(
      InputFile file, FileSlice slice, RowSchema wanted, Condition condition, ScanCounts counts)
      throws IOException {
    this.file = new CountedInput(file, counts);
    ParquetReadOptions options =
        ParquetReadOptions.builder()
            .withCodecFactory(new PageCodecs())
            .usePageChecksumVerification()
            .build();
    this.reader = ParquetFileReader.open(this.file, options);
    MessageType stored = reader.getFileMetaData().getSchema();
    MessageType requested = Projection.of(wanted, stored);
    reader.setRequestedSchema(requested);
    this.rowGroups = new RowGroups(reader, slice, condition, counts);
    this.assembly =
        RowAssembly.of(wanted, requested, stored, reader.getFileMetaData().getCreatedBy());
  }

  /**
   * @param condition row groups and pages without a row that passes are left out; the rows that
   *     come may pass or not
   */
  static TableFileReader open(
      InputFile file, FileSlice slice, RowSchema wanted, Condition condition, ScanCounts counts) {
    Object[] partition =
        PartitionValues.inRows(file.toString(), wanted, slice.file().partitionValues());
    try {
      TableFileReader opened = new TableFileReader(file, slice, wanted, condition, counts);
      opened.partition = partition;
      opened.start();
      return opened;
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
  }

  private void start() throws IOException {
    try {
      advance();
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private void advance() throws IOException {
    while (rowsLeft == 0) {
      // Two row groups at once would be twice the memory.
      rowGroup = null;
      PageReadStore pages = rowGroups.next();
      if (pages == null) {
        next = null;
        return;
      }
      rowsLeft = pages.getRowCount();
      rowGroup = assembly.rows(pages);
    }
    rowsLeft--;
    next = rowGroup.get();
    if (partition != null) {
      fillPartition();
    }
  }

  private void fillPartition() {
    for (int i = 0; i < partition.length; i++) {
      if (partition[i] != null) {
        next[i] = partition[i];
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
      throw new NoSuchElementException();
    }
    Object[] row = next;
    try {
      advance();
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
    return row;
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
