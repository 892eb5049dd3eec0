package dev.larder.testdata.services;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kafka Connect 3.9 worker in distributed mode with Debezium's MySQL connector 3.5 on its plugin
 * path and exactly-once sources on. Keys and values are JSON without schemas unless a connector
 * sets its own converters. Connectors are made by its REST interface, {@link #restUrl}.
 */
public final class ConnectWorker extends Service {
  private static final String HEAP = "512m";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final FetchedArtifacts artifacts;
  private final KafkaBroker kafka;
  private final PortLease rest;
  private final HttpClient http = HttpClient.newHttpClient();

  ConnectWorker(FetchedArtifacts artifacts, KafkaBroker kafka, Path directory) {
    super("Kafka Connect", directory);
    this.artifacts = artifacts;
    this.kafka = kafka;
    this.rest = PortLease.take();
  }

  /** The REST interface, without a slash at its end. */
  public URI restUrl() {
    return URI.create("http://127.0.0.1:" + rest.port());
  }

  @Override
  List<String> command() throws IOException {
    Path home = directory().toAbsolutePath();
    Path settings =
        JavaServer.write(home.resolve("worker.properties"), settings(linkPlugins(home)));
    return JavaServer.command(
        HEAP,
        artifacts.connectClassPath(),
        "org.apache.kafka.connect.cli.ConnectDistributed",
        settings);
  }

  /** A worker answers for its connectors only once it has joined its group and read its topics. */
  @Override
  boolean answers() {
    HttpRequest question =
        HttpRequest.newBuilder(restUrl().resolve("/connectors")).timeout(ANSWER_WITHIN).build();
    try {
      return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  void release() {
    rest.close();
  }

  /** A plugin path with one folder per plugin, whose jars are links to what Maven fetched. */
  private Path linkPlugins(Path home) throws IOException {
    Path plugins = home.resolve("plugins");
    Path debezium = Files.createDirectories(plugins.resolve("debezium-connector-mysql"));
    try (DirectoryStream<Path> former = Files.newDirectoryStream(debezium)) {
      for (Path link : former) {
        Files.delete(link);
      }
    }
    for (Path jar : artifacts.debeziumJars()) {
      Files.createSymbolicLink(debezium.resolve(jar.getFileName()), jar);
    }
    return plugins;
  }

  private Map<String, String> settings(Path plugins) {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("bootstrap.servers", kafka.bootstrapServers());
    s.put("group.id", "larder-connect");
    s.put("listeners", "HTTP://127.0.0.1:" + rest.port());
    s.put("plugin.path", plugins.toString());
    s.put("plugin.discovery", "service_load");
    s.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    s.put("key.converter.schemas.enable", "false");
    s.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    s.put("value.converter.schemas.enable", "false");
    s.put("exactly.once.source.support", "enabled");
    s.put("connector.client.config.override.policy", "All");
    s.put("config.storage.topic", "connect-configs");
    s.put("config.storage.replication.factor", "1");
    s.put("offset.storage.topic", "connect-offsets");
    s.put("offset.storage.replication.factor", "1");
    s.put("offset.storage.partitions", "1");
    s.put("status.storage.topic", "connect-status");
    s.put("status.storage.replication.factor", "1");
    s.put("status.storage.partitions", "1");
    // One worker: when it comes back after a kill, its connectors are its own again at once.
    s.put("scheduled.rebalance.max.delay.ms", "0");
    s.put("session.timeout.ms", "6000");
    s.put("heartbeat.interval.ms", "1500");
    return s;
  }
}
