package dev.larder.io.delta.log;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Parquet file of a table, as its log names it: live, or a tombstone of one that was removed.
 *
 * @param path relative to the table, or absolute; URI-encoded as in the log
 * @param size bytes; 0 for a tombstone whose writer gave none
 * @param modifiedAt milliseconds since the epoch; 0 for a tombstone
 * @param stats JSON text of what {@code FileStatistics} counts; null if the writer gave none
 * @param tags of the AddFile action
 * @param partitionValues by column, as in the log; a null value is null or empty
 * @param deletedAt milliseconds since the epoch at which a tombstone's file was removed from the
 *     table; {@link #LIVE} for a live file
 */
public record DataFile(
    String path,
    long size,
    long modifiedAt,
    String stats,
    Map<String, String> tags,
    Map<String, String> partitionValues,
    long deletedAt)
    implements Serializable {
  /** Tag with the number of the bucket whose rows the file holds. */
  static final String BUCKET = "larder.bucket";

  /** Tag with the number of {@link #endedRows}. */
  private static final String ENDED_ROWS = "larder.endedRows";

  /** {@link #bucket} of a file that may hold rows of every bucket. */
  public static final int ANY_BUCKET = -1;

  /** {@link #deletedAt} of a live file. */
  public static final long LIVE = -1;

  public DataFile {
    tags = tags == null || tags.isEmpty() ? Map.of() : Map.copyOf(tags);
    // Values may be null, which Map.copyOf refuses.
    partitionValues =
        partitionValues == null || partitionValues.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(partitionValues));
  }

  /** A live file of a table without partitions. */
  public DataFile(String path, long size, long modifiedAt, String stats, Map<String, String> tags) {
    this(path, size, modifiedAt, stats, tags, Map.of(), LIVE);
  }

  /** This file in a partition. */
  public DataFile withPartitionValues(Map<String, String> values) {
    return new DataFile(path, size, modifiedAt, stats, tags, values, deletedAt);
  }

  /** This file with these tags in place of its own. */
  public DataFile withTags(Map<String, String> wanted) {
    return new DataFile(path, size, modifiedAt, stats, wanted, partitionValues, deletedAt);
  }

  /** This file as it is after its removal at {@code millis} since the epoch. */
  public DataFile removedAt(long millis) {
    return new DataFile(path, size, modifiedAt, stats, tags, partitionValues, millis);
  }

  public int bucket() {
    String bucket = tags.get(BUCKET);
    return bucket == null ? ANY_BUCKET : Integer.parseInt(bucket);
  }

  /** This file, of which so many rows are versions that have ended. */
  public DataFile withEndedRows(long rows) {
    Map<String, String> counted = new HashMap<>(tags);
    counted.put(ENDED_ROWS, Long.toString(rows));
    return withTags(counted);
  }

  /** Rows of versions that have ended, as far as they were counted; else 0. */
  public long endedRows() {
    return Long.parseLong(tags.getOrDefault(ENDED_ROWS, "0"));
  }

  public static Map<String, String> bucketTag(int bucket) {
    return bucket == ANY_BUCKET ? Map.of() : Map.of(BUCKET, Integer.toString(bucket));
  }
}
