package dev.larder.peers.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of three partitions with events of orders; they stay for the next run. */
final class EventTopic {
  private static final int PARTITIONS = 3;
  private static final long SEED = 42;
  private static final long FIRST_MILLIS = 1_795_000_000_000L;
  private static final long EVENTS_A_MILLI = 10;

  private final String bootstrapServers;

  EventTopic(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The topic of a server with so many events over so many keys, filled if it has not. */
  void fill(String server, long events, int keys) {
    String topic = StreamFigures.topic(server);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      if (admin.listTopics().names().get().contains(topic)) {
        if (size(admin, topic) == events) {
          return;
        }
        throw new IllegalStateException(
            topic + " has other events: delete the folder of the servers");
      }
      NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 1);
      admin.createTopics(List.of(wanted)).all().get();
      produce(server, topic, events, keys);
    } catch (ExecutionException e) {
      throw new IllegalStateException("filling " + topic + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + topic + " was filled", e);
    }
  }

  private static long size(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new java.util.HashMap<>();
    IntStream.range(0, PARTITIONS)
        .forEach(i -> latest.put(new TopicPartition(topic, i), OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  private void produce(String server, String topic, long events, int keys) {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");
    OrderEvents made = new OrderEvents(server, SEED, keys);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < events; i++) {
        byte[] event = made.next(FIRST_MILLIS + i / EVENTS_A_MILLI);
        producer.send(new ProducerRecord<>(topic, made.key(), event));
      }
    }
  }
}
