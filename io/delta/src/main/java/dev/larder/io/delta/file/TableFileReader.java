package dev.larder.io.delta.file;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.filter.Condition;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * The rows of one Parquet file, in the columns of a wanted schema.
 *
 * <p>Row groups are read without {@code ParquetReader}, whose builder parses Hadoop's XML defaults
 * for every file: half the time of a small batch.
 */
public final class TableFileReader implements PlacedRows {
  private static final KeyFilter ALL_KEYS = allKeys();

  private final InputFile file;
  private final ParquetFileReader reader;
  private final RowGroups rowGroups;
  private Object[] partition;
  private final RowAssembly assembly;
  private RowAssembly.Rows rowGroup;
  private Object[] next;
  private long nextPlace;
  private long place;

  private TableFileReader(
      InputFile file,
      FileSlice slice,
      RowSchema wanted,
      Condition condition,
      KeyFilter keys,
      ScanCounts counts)
      throws IOException {
    this.file = new CountedInput(file, counts);
    this.reader = parquet(this.file);
    FileMetaData stored = reader.getFileMetaData();
    MessageType requested = Projection.of(wanted, stored.getSchema());
    reader.setRequestedSchema(requested);
    this.rowGroups = new RowGroups(reader, slice, condition, counts);
    this.assembly = RowAssembly.of(wanted, requested, stored, reader.getRowGroups(), keys);
  }

  private static KeyFilter allKeys() {
    KeyFilter all = new KeyFilter("");
    all.add(null);
    return all;
  }

  /** A file as all of ours are opened. */
  static ParquetFileReader parquet(InputFile file) throws IOException {
    return ParquetFileReader.open(
        file,
        ParquetReadOptions.builder()
            .withCodecFactory(new PageCodecs())
            .usePageChecksumVerification()
            .build());
  }

  /** Rows of any key. */
  static TableFileReader open(
      InputFile file, FileSlice slice, RowSchema wanted, Condition condition, ScanCounts counts) {
    return open(file, slice, wanted, condition, ALL_KEYS, counts);
  }

  /**
   * @param condition row groups and pages without a row that passes are left out; the rows that
   *     come may pass or not
   * @param keys rows with others may be left out
   */
  static TableFileReader open(
      InputFile file,
      FileSlice slice,
      RowSchema wanted,
      Condition condition,
      KeyFilter keys,
      ScanCounts counts) {
    Object[] partition =
        PartitionValues.inRows(file.toString(), wanted, slice.file().partitionValues());
    try {
      TableFileReader opened = new TableFileReader(file, slice, wanted, condition, keys, counts);
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
    next = rowGroup == null ? null : rowGroup.next();
    while (next == null) {
      // Two row groups at once would be twice the memory.
      rowGroup = null;
      PageReadStore pages = rowGroups.next();
      if (pages == null) {
        return;
      }
      rowGroup = assembly.rows(pages);
      next = rowGroup.next();
    }
    long number = rowGroup.place();
    nextPlace = number < 0 ? UNKNOWN : rowGroups.firstRow() + number;
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
    place = nextPlace;
    try {
      advance();
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotRead(file.toString(), e);
    }
    return row;
  }

  @Override
  public long place() {
    return place;
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
