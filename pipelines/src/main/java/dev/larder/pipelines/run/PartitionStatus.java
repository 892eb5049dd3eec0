package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one partition is read.
 *
 * @param position the next offset, -1 if nothing was read or planned yet
 * @param end behind the last offset that can be read
 * @param lagSeconds the age of the oldest record that waits; empty if none waits, or nobody knows
 */
record PartitionStatus(
    TopicPartition partition, long position, long end, OptionalDouble lagSeconds) {

  /** Offsets that wait. */
  long lag() {
    return Math.max(0, end - Math.max(0, position));
  }

  void addTo(ObjectNode node) {
    node.put("topic", partition.topic())
        .put("partition", partition.partition())
        .put("position", position)
        .put("end", end)
        .put("lag_records", lag());
    lagSeconds.ifPresent(seconds -> node.put("lag_seconds", seconds));
  }
}
