package dev.larder.io.delta.file;

import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.List;

/** Writes rows into as many files as their size asks for; none if there are no rows. */
public final class RollingFiles {
  /** Size of files, bytes, where nobody asked for another. */
  public static final long TARGET_SIZE = 128L << 20;

  private static final int SIZE_CHECK = 1 << 12;

  private final TableStore store;
  private final int bucket;
  private final Partition partition;
  private final long targetSize;
  private final List<DataFile> finished = new ArrayList<>();
  private RowSchema schema;
  private StatisticsScope scope = StatisticsScope.DEFAULT;
  private TableFileWriter open;

  /** Files of 128 MiB. */
  public RollingFiles(TableStore store, RowSchema schema, int bucket) {
    this(store, schema, bucket, TARGET_SIZE);
  }

  /**
   * @param targetSize files are closed at about so many bytes
   */
  public RollingFiles(TableStore store, RowSchema schema, int bucket, long targetSize) {
    this(store, schema, bucket, Partition.NONE, targetSize);
  }

  /**
   * @param schema without partition columns
   */
  public RollingFiles(
      TableStore store, RowSchema schema, int bucket, Partition partition, long targetSize) {
    this.store = store;
    this.schema = schema;
    this.bucket = bucket;
    this.partition = partition;
    this.targetSize = targetSize;
  }

  /** Says which columns have statistics. */
  public RollingFiles withStatistics(StatisticsScope wanted) {
    scope = wanted;
    return this;
  }

  /** Rows that follow have these columns. */
  public void useSchema(RowSchema wanted) {
    if (wanted != schema) {
      close();
      schema = wanted;
    }
  }

  public void write(Object[] row) {
    open().write(row);
    closeLarge();
  }

  /**
   * Writes a row as {@link RowCodec} has it, with these files' columns.
   *
   * @param row where it begins, in an array that is not written to again; behind it afterwards
   * @param shared of each column the value that was not written with the row; absent for others
   */
  public void copy(RowBytes row, Object[] shared) {
    open().copy(row, shared);
    closeLarge();
  }

  private TableFileWriter open() {
    if (open == null) {
      open = TableFileWriter.create(store, partition.folder(), schema, bucket);
    }
    return open;
  }

  private void closeLarge() {
    if (open.rows() % SIZE_CHECK == 0 && open.size() >= targetSize) {
      close();
    }
  }

  /** Bytes of the open file so far, about. */
  public long openSize() {
    return open == null ? 0 : open.size();
  }

  /** Closes the open file; rows that follow go into another. */
  public void roll() {
    close();
  }

  private void close() {
    if (open != null) {
      finished.add(open.finish(scope).withPartitionValues(partition.values()));
      open = null;
    }
  }

  /** Closes what is open; the files are complete when this returns. */
  public List<DataFile> finish() {
    close();
    return finished;
  }
}
