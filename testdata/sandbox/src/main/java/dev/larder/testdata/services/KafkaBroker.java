package dev.larder.testdata.services;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A Kafka 3.9 broker that is its own controller (KRaft), on the loopback interface, plain text.
 * Topics are created when they are first used, with one partition; records are kept for ever.
 */
public final class KafkaBroker extends Service {
  private static final String HEAP = "320m";

  private final FetchedArtifacts artifacts;
  private final PortLease clients;
  private final PortLease controller;

  KafkaBroker(FetchedArtifacts artifacts, Path directory) {
    super("Kafka", directory);
    this.artifacts = artifacts;
    this.clients = PortLease.take();
    this.controller = PortLease.take();
  }

  /** What Kafka clients call {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + clients.port();
  }

  @Override
  List<String> command() throws IOException {
    Path home = directory().toAbsolutePath();
    Path data = Files.createDirectories(home.resolve("data"));
    format(data);
    Path settings = JavaServer.write(home.resolve("server.properties"), settings(data));
    return JavaServer.command(HEAP, artifacts.kafkaClassPath(), "kafka.Kafka", settings);
  }

  @Override
  boolean answers() {
    return KafkaProbe.isReady(clients.port());
  }

  @Override
  void release() {
    clients.close();
    controller.close();
  }

  /** What {@code kafka-storage format} would write, without the JVM that it takes. */
  private static void format(Path data) throws IOException {
    Path meta = data.resolve("meta.properties");
    if (!Files.exists(meta)) {
      Map<String, String> properties = new LinkedHashMap<>();
      properties.put("version", "1");
      properties.put("cluster.id", kafkaUuid());
      properties.put("node.id", "1");
      properties.put("directory.id", kafkaUuid());
      JavaServer.write(meta, properties);
    }
  }

  /** Kafka writes a UUID as URL-safe Base64, and reserves none that starts with a dash. */
  private static String kafkaUuid() {
    UUID uuid = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return text.startsWith("-") ? kafkaUuid() : text;
  }

  private Map<String, String> settings(Path data) {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("process.roles", "broker,controller");
    s.put("node.id", "1");
    s.put("controller.quorum.voters", "1@127.0.0.1:" + controller.port());
    s.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(clients.port(), controller.port()));
    s.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + clients.port());
    s.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    s.put("controller.listener.names", "CONTROLLER");
    s.put("inter.broker.listener.name", "PLAINTEXT");
    s.put("log.dirs", data.toString());
    s.put("log.retention.hours", "-1");
    s.put("log.segment.bytes", "67108864");
    // One broker: every topic of Kafka's own has one replica, and few partitions to be made.
    s.put("offsets.topic.replication.factor", "1");
    s.put("offsets.topic.num.partitions", "1");
    s.put("transaction.state.log.replication.factor", "1");
    s.put("transaction.state.log.min.isr", "1");
    s.put("transaction.state.log.num.partitions", "1");
    s.put("group.initial.rebalance.delay.ms", "0");
    // After a kill the controller takes the broker back only when its former session is over.
    s.put("broker.session.timeout.ms", "3000");
    s.put("broker.heartbeat.interval.ms", "500");
    // The default buffer of the log cleaner is 128 MB.
    s.put("log.cleaner.dedupe.buffer.size", "4194304");
    // Whoever waits for a compaction would wait 15 s.
    s.put("log.cleaner.backoff.ms", "500");
    s.put("num.io.threads", "4");
    s.put("num.network.threads", "2");
    return s;
  }
}
