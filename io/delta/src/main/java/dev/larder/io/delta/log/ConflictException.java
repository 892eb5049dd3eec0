package dev.larder.io.delta.log;

import dev.larder.io.changes.SinkException;
import java.util.Set;

/**
 * Another writer changed what a commit had read, or took away what it was to remove. Nothing was
 * written. Do what was done for the {@link #affects affected} buckets again on the latest version,
 * then commit again.
 */
public final class ConflictException extends SinkException {
  private static final long serialVersionUID = 1L;

  private final Set<Integer> buckets;

  /**
   * @param buckets affected ones; {@link DataFile#ANY_BUCKET} among them says all
   */
  public ConflictException(String message, Set<Integer> buckets) {
    super(message);
    this.buckets = Set.copyOf(buckets);
  }

  /** The affected buckets; {@link DataFile#ANY_BUCKET} among them says all. */
  public Set<Integer> buckets() {
    return buckets;
  }

  /**
   * Whether what was read of a bucket is out of date.
   *
   * @param bucket or {@link DataFile#ANY_BUCKET} for one who read the whole table
   */
  public boolean affects(int bucket) {
    return bucket == DataFile.ANY_BUCKET
        || buckets.contains(DataFile.ANY_BUCKET)
        || buckets.contains(bucket);
  }
}
