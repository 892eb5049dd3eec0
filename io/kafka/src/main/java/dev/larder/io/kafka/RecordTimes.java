package dev.larder.io.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** When records were written, by their own timestamps. */
public final class RecordTimes {
  private static final Duration POLL = Duration.ofMillis(200);

  private RecordTimes() {}

  /**
   * The time of the first record at or behind each offset. Partitions are missing that have none,
   * or whose answer did not come in time: this is for people, not for correctness.
   */
  public static Map<TopicPartition, Instant> at(
      KafkaConnection connection, Map<TopicPartition, Long> offsets, Duration patience) {
    Map<TopicPartition, Instant> times = new HashMap<>();
    if (offsets.isEmpty()) {
      return times;
    }
    long deadline = System.nanoTime() + patience.toNanos();
    try (Consumer<byte[], byte[]> consumer = ConsumerPool.borrow(connection)) {
      consumer.assign(offsets.keySet());
      offsets.forEach(consumer::seek);
      while (times.size() < offsets.size() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (times.putIfAbsent(partition, Instant.ofEpochMilli(record.timestamp())) == null) {
            consumer.pause(List.of(partition));
          }
        }
      }
    } catch (KafkaException e) {
      return times; // an offset that is gone has no time
    }
    return times;
  }
}
