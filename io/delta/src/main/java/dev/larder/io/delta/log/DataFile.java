package dev.larder.io.delta.log;

import dev.larder.io.delta.file.FileStatistics;
import java.io.Serializable;
import java.util.Map;

/**
 * A Parquet file of a table, as its log names it.
 *
 * @param path relative to the table, or absolute; URI-encoded as in the log
 * @param size bytes
 * @param modifiedAt milliseconds since the epoch
 * @param stats JSON text of {@link FileStatistics}; null if the writer gave none
 * @param tags of the AddFile action
 */
public record DataFile(
    String path, long size, long modifiedAt, String stats, Map<String, String> tags)
    implements Serializable {
  /** Tag with the number of the bucket whose rows the file holds. */
  static final String BUCKET = "larder.bucket";

  /** {@link #bucket} of a file that may hold rows of every bucket. */
  public static final int ANY_BUCKET = -1;

  public DataFile {
    tags = tags == null ? Map.of() : Map.copyOf(tags);
  }

  public int bucket() {
    String bucket = tags.get(BUCKET);
    return bucket == null ? ANY_BUCKET : Integer.parseInt(bucket);
  }

  public static Map<String, String> bucketTag(int bucket) {
    return bucket == ANY_BUCKET ? Map.of() : Map.of(BUCKET, Integer.toString(bucket));
  }
}
