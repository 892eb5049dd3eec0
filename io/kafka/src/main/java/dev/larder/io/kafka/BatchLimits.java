package dev.larder.io.kafka;

import java.io.Serializable;

/**
 * How large a batch may be and how finely it is cut.
 *
 * @param maxOffsets of the whole batch, at least 1
 * @param maxOffsetsPerPartition of one partition in it, at least 1
 * @param minRanges into how many ranges a batch is cut at least, so that a few partitions keep many
 *     workers busy; 1 leaves one range a partition. Fewer only if there are fewer offsets.
 * @param maxRange offsets of one range, at least 1: a worker may hold the records of a range in
 *     memory
 */
public record BatchLimits(
    long maxOffsets, long maxOffsetsPerPartition, int minRanges, long maxRange)
    implements Serializable {
  private static final long MAX_RANGE = 100_000;

  public BatchLimits {
    if (maxOffsets < 1 || maxOffsetsPerPartition < 1 || minRanges < 1 || maxRange < 1) {
      throw new IllegalArgumentException(
          "limits of a batch are at least 1: "
              + maxOffsets
              + ", "
              + maxOffsetsPerPartition
              + ", "
              + minRanges
              + ", "
              + maxRange);
    }
  }

  /** Everything there is, one range a partition; no range is longer than 100,000 offsets. */
  public static BatchLimits none() {
    return new BatchLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1, MAX_RANGE);
  }

  public BatchLimits withMaxOffsets(long offsets) {
    return new BatchLimits(offsets, maxOffsetsPerPartition, minRanges, maxRange);
  }

  public BatchLimits withMaxOffsetsPerPartition(long offsets) {
    return new BatchLimits(maxOffsets, offsets, minRanges, maxRange);
  }

  public BatchLimits withMinRanges(int ranges) {
    return new BatchLimits(maxOffsets, maxOffsetsPerPartition, ranges, maxRange);
  }

  public BatchLimits withMaxRange(long offsets) {
    return new BatchLimits(maxOffsets, maxOffsetsPerPartition, minRanges, offsets);
  }
}
