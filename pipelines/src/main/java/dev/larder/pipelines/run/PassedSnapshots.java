package dev.larder.pipelines.run;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which snapshots the log has passed, and whether all of it up to there is read.
 *
 * <p>That some event behind a snapshot's end has arrived, or that the connector says so, does not
 * mean that all events before it were read: topics are asked for their ends one after the other,
 * and a batch may leave some behind. So the ends of <em>all</em> topics are taken once more after
 * the log is known to have passed, and the hand-over waits until they are read.
 */
final class PassedSnapshots {
  private final Map<Long, Map<TopicPartition, Long>> ends = new TreeMap<>();

  /** Whether the log is known to have passed this snapshot. */
  boolean contains(long snapshot) {
    return ends.containsKey(snapshot);
  }

  /**
   * @param endsSince the ends of all topics, asked for after the log was known to have passed
   */
  void add(long snapshot, Map<TopicPartition, Long> endsSince) {
    ends.put(snapshot, Map.copyOf(endsSince));
  }

  void remove(long snapshot) {
    ends.remove(snapshot);
  }

  boolean isEmpty() {
    return ends.isEmpty();
  }

  /** Whether the stream stands at or behind the ends that were taken for this snapshot. */
  boolean isRead(long snapshot, Map<TopicPartition, Long> positions) {
    return ends.getOrDefault(snapshot, Map.of()).entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** How far the stream must read at least: the given targets, or the ends that are waited for. */
  Map<TopicPartition, Long> extend(Map<TopicPartition, Long> targets) {
    Map<TopicPartition, Long> extended = new HashMap<>(targets);
    ends.values()
        .forEach(
            needed ->
                needed.forEach((partition, end) -> extended.merge(partition, end, Math::max)));
    return extended;
  }
}
