package dev.larder.io.delta;

import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** New files of one bucket, or of all buckets of a table, for rows in any order. */
final class BucketFiles {
  private static final long MAX_OPEN_BYTES = 128L << 20;
  private static final int SIZE_CHECK = 1 << 12;

  private final RollingFiles[] files;
  private final RowKey.Of key;
  private long rows;

  private BucketFiles(RollingFiles[] files, RowKey.Of key) {
    this.files = files;
    this.key = key;
  }

  static BucketFiles ofOne(TableStore store, RowSchema schema, int bucket, long targetSize) {
    return new BucketFiles(
        new RollingFiles[] {new RollingFiles(store, schema, bucket, targetSize)}, null);
  }

  /**
   * @param key of the table, says the bucket of a row
   */
  static BucketFiles ofAll(
      TableStore store, RowSchema schema, int buckets, List<String> key, long targetSize) {
    RollingFiles[] files = new RollingFiles[buckets];
    for (int i = 0; i < buckets; i++) {
      files[i] = new RollingFiles(store, schema, i, targetSize);
    }
    return new BucketFiles(files, new RowKey.Of(schema, key));
  }

  BucketFiles withStatistics(StatisticsScope scope) {
    for (RollingFiles each : files) {
      each.withStatistics(scope);
    }
    return this;
  }

  void write(Object[] row) {
    files[files.length == 1 ? 0 : key.bucket(row, files.length)].write(row);
    if (files.length > 1 && ++rows % SIZE_CHECK == 0) {
      boundOpenBytes();
    }
  }

  /**
   * Writes a row of the only bucket as {@link dev.larder.io.changes.RowCodec} has it.
   *
   * @param shared values that are not with it
   */
  void copy(RowBytes row, Object[] shared) {
    files[0].copy(row, shared);
  }

  /** Whether rows need not be decoded to be written. */
  boolean isOneBucket() {
    return files.length == 1;
  }

  /** Closes the largest file when all together hold too much back. */
  private void boundOpenBytes() {
    long open = 0;
    RollingFiles largest = files[0];
    for (RollingFiles each : files) {
      open += each.openSize();
      largest = each.openSize() > largest.openSize() ? each : largest;
    }
    if (open > MAX_OPEN_BYTES) {
      largest.roll();
    }
  }

  List<DataFile> finish() {
    List<DataFile> finished = new ArrayList<>();
    for (RollingFiles each : files) {
      finished.addAll(each.finish());
    }
    finished.sort(Comparator.comparing(DataFile::path));
    return finished;
  }
}
