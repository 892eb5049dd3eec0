package dev.larder.io.kafka;

import dev.larder.io.kafka.LostOffsets.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the partitions of some topics stand.
 *
 * @param earliest the first offset that is still there
 * @param end behind the last offset of a finished transaction: what read_committed can reach
 * @param topicIds what tells a topic from another of the same name, by name; topics are missing
 *     whose cluster does not say
 */
public record TopicOffsets(
    Map<TopicPartition, Long> earliest,
    Map<TopicPartition, Long> end,
    Map<String, String> topicIds) {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  public TopicOffsets {
    earliest = Map.copyOf(earliest);
    end = Map.copyOf(end);
    topicIds = Map.copyOf(topicIds);
    if (!earliest.keySet().equals(end.keySet())) {
      throw new IllegalArgumentException("partitions differ");
    }
  }

  /** Of topics whose identity is not known. */
  public TopicOffsets(Map<TopicPartition, Long> earliest, Map<TopicPartition, Long> end) {
    this(earliest, end, Map.of());
  }

  /**
   * Where reading goes on: at the ledger's position, and at the beginning of partitions that the
   * ledger does not know. Nothing is skipped silently.
   *
   * @param ledger the next offset of each partition that was read before
   * @throws dev.larder.io.changes.SourceException if records between the position and the earliest
   *     offset are gone, or a partition ends before its position (the topic was made anew)
   */
  public Map<TopicPartition, Long> positions(Map<TopicPartition, Long> ledger) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> first : earliest.entrySet()) {
      TopicPartition partition = first.getKey();
      Long position = ledger.get(partition);
      if (position == null) {
        positions.put(partition, first.getValue());
      } else if (position < first.getValue()) {
        throw KafkaErrors.recordsGone(partition, position, first.getValue());
      } else if (position > end.get(partition)) {
        throw KafkaErrors.topicShorter(partition, position, end.get(partition));
      } else {
        positions.put(partition, position);
      }
    }
    return positions;
  }

  /**
   * What was not read and is gone, of all partitions at once, in their order; empty if all is well.
   *
   * @param ledger the next offset of each partition that was read before, of the selected topics
   * @param knownIds the identities of the topics that were read; empty texts where nobody knows
   */
  public List<LostOffsets> lost(Map<TopicPartition, Long> ledger, Map<String, String> knownIds) {
    List<LostOffsets> lost = new ArrayList<>();
    ledger.keySet().stream()
        .sorted(ORDER)
        .forEach(
            partition -> {
              Reason reason = reason(partition, ledger.get(partition), knownIds);
              if (reason != null) {
                lost.add(
                    new LostOffsets(
                        partition,
                        reason,
                        ledger.get(partition),
                        earliest.getOrDefault(partition, 0L),
                        end.getOrDefault(partition, 0L)));
              }
            });
    return lost;
  }

  private Reason reason(TopicPartition partition, long position, Map<String, String> knownIds) {
    if (!end.containsKey(partition)) {
      return Reason.GONE;
    }
    String known = knownIds.getOrDefault(partition.topic(), "");
    String now = topicIds.getOrDefault(partition.topic(), "");
    if (!known.isEmpty() && !now.isEmpty() && !known.equals(now)) {
      return Reason.RECREATED;
    }
    if (position > end.get(partition)) {
      return Reason.SHORTER;
    }
    return position < earliest.get(partition) ? Reason.DELETED : null;
  }
}
