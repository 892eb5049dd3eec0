package dev.larder.io.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the partitions of some topics stand.
 *
 * @param earliest the first offset that is still there
 * @param end behind the last offset of a finished transaction: what read_committed can reach
 */
public record TopicOffsets(Map<TopicPartition, Long> earliest, Map<TopicPartition, Long> end) {

  public TopicOffsets {
    earliest = Map.copyOf(earliest);
    end = Map.copyOf(end);
    if (!earliest.keySet().equals(end.keySet())) {
      throw new IllegalArgumentException("partitions differ");
    }
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
}
