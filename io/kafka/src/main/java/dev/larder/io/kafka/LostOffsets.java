package dev.larder.io.kafka;

import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a partition that were not read and cannot be read any more.
 *
 * @param position the next offset that was to be read
 * @param earliest the first offset that is there now; 0 if nothing is
 * @param end behind the last offset that is there now; 0 if nothing is
 */
public record LostOffsets(
    TopicPartition partition, Reason reason, long position, long earliest, long end) {

  /** Why they are gone. */
  public enum Reason {
    /** The topic's retention, or somebody, deleted what lies before the earliest offset. */
    DELETED,
    /** The topic ends before the position: it was made anew, or another cluster answers. */
    SHORTER,
    /** The topic has another identity: it was deleted and made anew. */
    RECREATED,
    /** The topic, or this partition of it, is not there. */
    GONE
  }

  public LostOffsets {
    Objects.requireNonNull(partition, "partition");
    Objects.requireNonNull(reason, "reason");
  }

  /** How many offsets were deleted; -1 if nobody knows. */
  public long count() {
    return reason == Reason.DELETED ? earliest - position : -1;
  }

  /** What is gone, in one line: {@code pos.pos.orders/0: 11 records, offsets 5 to 15, ...}. */
  @Override
  public String toString() {
    String where = partition.topic() + "/" + partition.partition() + ": ";
    return where
        + switch (reason) {
          case DELETED ->
              String.format(
                  "offsets %d to %d (%,d) were deleted; the earliest that is left is %d",
                  position, earliest - 1, count(), earliest);
          case SHORTER ->
              String.format(
                  "all behind offset %d; the partition ends at %d, so the topic was made anew or"
                      + " another cluster answers",
                  position, end);
          case RECREATED ->
              String.format(
                  "all behind offset %d of the old topic; it was deleted and made anew, and holds"
                      + " offsets %d to %d",
                  position, earliest, end - 1);
          case GONE -> String.format("all behind offset %d; the topic is not there", position);
        };
  }
}
