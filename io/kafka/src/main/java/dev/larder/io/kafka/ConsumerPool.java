package dev.larder.io.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumers of this JVM that are not at work. A batch every second would otherwise connect and ask
 * for metadata for each of its ranges. A consumer is lent to one thread at a time.
 */
final class ConsumerPool {
  private static final int MAX_IDLE = 16;
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final int FETCH_BYTES = 32 << 20;
  private static final int PARTITION_FETCH_BYTES = 8 << 20;
  private static final int POLL_RECORDS = 5_000;
  private static final int RECEIVE_BYTES = 1 << 20;

  private static final Map<KafkaConnection, Deque<Idle>> IDLE = new HashMap<>();

  private record Idle(Consumer<byte[], byte[]> consumer, long since) {}

  private ConsumerPool() {}

  static Consumer<byte[], byte[]> borrow(KafkaConnection connection) {
    closeOld();
    synchronized (IDLE) {
      Deque<Idle> idle = IDLE.get(connection);
      if (idle != null && !idle.isEmpty()) {
        return idle.pop().consumer();
      }
    }
    try {
      return new KafkaConsumer<>(
          config(connection), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw KafkaErrors.noClient(connection.bootstrapServers(), e);
    }
  }

  static void giveBack(KafkaConnection connection, Consumer<byte[], byte[]> consumer) {
    consumer.unsubscribe();
    synchronized (IDLE) {
      Deque<Idle> idle = IDLE.computeIfAbsent(connection, c -> new ArrayDeque<>());
      if (idle.size() < MAX_IDLE) {
        idle.push(new Idle(consumer, System.nanoTime()));
        return;
      }
    }
    consumer.close(Duration.ZERO);
  }

  private static void closeOld() {
    long now = System.nanoTime();
    List<Idle> old = new ArrayList<>();
    synchronized (IDLE) {
      for (Deque<Idle> idle : IDLE.values()) {
        while (!idle.isEmpty() && now - idle.peekLast().since() > MAX_AGE.toNanos()) {
          old.add(idle.pollLast());
        }
      }
    }
    old.forEach(idle -> idle.consumer().close(Duration.ZERO));
  }

  static Map<String, Object> config(KafkaConnection connection) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    config.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BYTES);
    config.putAll(connection.clientConfig());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT));
    return config;
  }
}
