package dev.larder.runners.direct;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.DebeziumModes.Binaries;
import dev.larder.io.kafka.debezium.DebeziumModes.Decimals;
import dev.larder.io.kafka.debezium.DebeziumModes.Times;
import dev.larder.io.kafka.debezium.DebeziumModes.UnsignedBigints;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/**
 * Connectors beside Larder's own, each of which reads the table of {@link EveryType} itself first
 * and then the log, in a mode of its own, in JSON without schemas and ({@code NAME_schema}) with.
 */
final class ParityConnectors {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How each writes, by the name of the one without schemas. */
  static final Map<String, DebeziumModes> MODES =
      Map.of(
          "rendered",
          DebeziumModes.larder(),
          "standard",
          DebeziumModes.connectorDefaults(),
          "precise",
          new DebeziumModes(
              Decimals.PRECISE,
              Times.ADAPTIVE_TIME_MICROSECONDS,
              UnsignedBigints.PRECISE,
              Binaries.HEX),
          "encoded",
          new DebeziumModes(
              Decimals.STRING,
              Times.MICROSECONDS,
              UnsignedBigints.PRECISE,
              Binaries.BASE64_URL_SAFE));

  private final Services services;
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> complete = new HashMap<>();

  ParityConnectors(Services services) {
    this.services = services;
  }

  /** Makes all of them, and lets them run. */
  void start() {
    MODES.forEach((name, modes) -> start(name, modes, false));
    MODES.forEach((name, modes) -> start(withSchemas(name), modes, true));
  }

  static String withSchemas(String name) {
    return name + "_schema";
  }

  private void start(String name, DebeziumModes modes, boolean schemas) {
    MySqlServer mySql = services.mySql("pos");
    DebeziumConnector connector =
        DebeziumConnector.of(
                name, mySql.host(), mySql.port(), "pos", services.kafka().bootstrapServers())
            .withTables(List.of("every_type"))
            .withPassword(
                mySql.admin().user(), SecretRef.parse("file:" + mySql.admin().passwordFile()))
            .withSetting("snapshot.mode", "initial")
            .withSetting("key.converter.schemas.enable", Boolean.toString(schemas))
            .withSetting("value.converter.schemas.enable", Boolean.toString(schemas));
    for (Map.Entry<String, String> setting : modes.connectorConfig().entrySet()) {
      connector = connector.withSetting(setting.getKey(), setting.getValue());
    }
    ConnectClient connect = ConnectClient.at(services.connect().restUrl().toString());
    connect.awaitReady(PATIENCE);
    connect.createOrUpdate(connector.name(), connector.config());
  }

  /** What a connector has written for the table. */
  private List<ConsumerRecord<byte[], byte[]>> events(String name) {
    TopicPartition topic = new TopicPartition(name + ".pos.every_type", 0);
    List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                services.kafka().bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      if (!consumer.listTopics().containsKey(topic.topic())) {
        return events;
      }
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long end = consumer.endOffsets(List.of(topic)).get(topic);
      while (consumer.position(topic) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(events::add);
      }
    }
    return events;
  }

  /** Waits until each has written its snapshot. */
  void awaitSnapshots() {
    for (String name : MODES.keySet()) {
      await(name, EveryType.rows());
      await(withSchemas(name), EveryType.rows());
    }
  }

  /** A connector's whole snapshot and stream, once it is there. */
  List<ConsumerRecord<byte[], byte[]>> allEvents(String name) {
    return complete.computeIfAbsent(name, each -> await(each, 2 * EveryType.rows()));
  }

  private List<ConsumerRecord<byte[], byte[]>> await(String name, int count) {
    return Awaitility.await()
        .alias(name)
        .atMost(PATIENCE)
        .until(() -> events(name), events -> events.size() >= count);
  }
}
