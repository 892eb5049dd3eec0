package dev.larder.io.kafka;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of one partition, half-open: {@code from <= offset < to}. Not every offset in it need
 * hold a record: compaction and transaction markers leave gaps.
 */
public record OffsetRange(String topic, int partition, long from, long to)
    implements Serializable, Comparable<OffsetRange> {
  private static final Comparator<OffsetRange> ORDER =
      Comparator.comparing(OffsetRange::topic)
          .thenComparingInt(OffsetRange::partition)
          .thenComparingLong(OffsetRange::from)
          .thenComparingLong(OffsetRange::to);

  public OffsetRange {
    Objects.requireNonNull(topic, "topic");
    if (partition < 0 || from < 0 || to < from) {
      throw new IllegalArgumentException(
          topic + "/" + partition + " has no offsets [" + from + ", " + to + ")");
    }
  }

  public TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  /** Other offsets of the same partition. */
  OffsetRange between(long first, long behindLast) {
    return new OffsetRange(topic, partition, first, behindLast);
  }

  /** How many offsets it spans. */
  public long size() {
    return to - from;
  }

  /** By topic, partition and first offset. */
  @Override
  public int compareTo(OffsetRange other) {
    return ORDER.compare(this, other);
  }

  /** {@code topic/partition[from, to)}. */
  @Override
  public String toString() {
    return topic + "/" + partition + "[" + from + ", " + to + ")";
  }
}
