package dev.larder.runners.direct;

import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The offsets of the log's records, ascending, by topic and partition: {@code pos.pos.orders-0}.
 */
final class LogRecords {
  private static final Pattern TABLES = Pattern.compile("(pos|erp)\\.(pos|erp)\\..*");

  private LogRecords() {}

  /** Those that are committed in Kafka. A tombstone is no record of a change. */
  static Map<String, List<Long>> inTopics(String bootstrapServers) {
    Map<String, List<Long>> offsets = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().entrySet().stream()
              .filter(topic -> TABLES.matcher(topic.getKey()).matches())
              .flatMap(topic -> topic.getValue().stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.value() != null) {
            add(offsets, record.topic() + "-" + record.partition(), record.offset());
          }
        }
      }
    }
    return offsets;
  }

  /** Those that bronze holds. */
  static Map<String, List<Long>> inBronze(Path lake) {
    Map<String, List<Long>> offsets = new TreeMap<>();
    for (String table : DeltaTables.names(lake.toString())) {
      if (table.startsWith("bronze/")) {
        try (RowIterator rows =
            DeltaTable.of(lake.toString(), table)
                .latest()
                .rows(List.of("_topic", "_partition", "_offset"))) {
          while (rows.hasNext()) {
            Object[] row = rows.next();
            if (row[0] != null) {
              add(offsets, row[0] + "-" + row[1], (Long) row[2]);
            }
          }
        }
      }
    }
    offsets.values().forEach(all -> all.sort(null));
    return offsets;
  }

  private static void add(Map<String, List<Long>> offsets, String partition, long offset) {
    offsets.computeIfAbsent(partition, any -> new ArrayList<>()).add(offset);
  }
}
