package dev.larder.io.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Waits for a record without asking again and again: the brokers hold the request until there is
 * one. What it receives is thrown away; batches are read by {@link KafkaRanges}.
 *
 * <p><b>Cost</b>: one open request per broker, answered at least twice a second; one batch of
 * records, as its producer wrote it, per partition that had news.
 */
public final class TopicWatch implements AutoCloseable {
  private static final Duration SLICE = Duration.ofMillis(200);
  private static final int ONE_BATCH = 1;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private Set<TopicPartition> assigned = Set.of();

  private TopicWatch(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Opens a client; the cluster is not asked yet. */
  public static TopicWatch open(KafkaConnection connection) {
    Map<String, Object> config = new HashMap<>(ConsumerPool.config(connection));
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, ONE_BATCH);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ONE_BATCH);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    try {
      return new TopicWatch(
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    } catch (KafkaException e) {
      throw KafkaErrors.noClient(connection.bootstrapServers(), e);
    }
  }

  /**
   * Waits until a record of a finished transaction lies at or behind one of the positions, or until
   * it is time to look again. Errors of the cluster end the wait too: who plans the next batch
   * meets them, and can say more.
   *
   * @param isOver asked five times a second: waiting is of no use any more
   */
  public void await(Map<TopicPartition, Long> positions, Duration atMost, BooleanSupplier isOver) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      if (!assigned.equals(positions.keySet())) {
        assigned = Set.copyOf(positions.keySet());
        consumer.assign(assigned);
      }
      positions.forEach(consumer::seek);
      while (!isOver.getAsBoolean() && System.nanoTime() < deadline) {
        if (!consumer.poll(SLICE).isEmpty()) {
          return;
        }
      }
    } catch (InvalidOffsetException e) {
      return; // the position is gone: the planner says so
    } catch (KafkaException e) {
      assigned = Set.of(); // the planner asks the same brokers
    }
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
