package dev.larder.testdata.services;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The whole sandbox: Debezium, seeded with a position and allowed no more than the {@code cdc} user
 * may, brings exactly the changes after that position to Kafka, each once.
 */
public class CapturesChangesIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofMinutes(5);

  private static Services services;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeClass
  public static void startServices() {
    TestPlatform.assumeSupported();
    services =
        Services.in(FOLDER.getRoot().toPath())
            .withMySql("pos")
            .withMySql("erp")
            .withConnect()
            .start();
  }

  @AfterClass
  public static void stopServices() {
    if (services == null) {
      return;
    }
    services.close();
    assertThat(Processes.mentioning(FOLDER.getRoot().toPath()), is(empty()));
  }

  @Before
  public void createTable() throws SQLException {
    run("DROP TABLE IF EXISTS products", "CREATE TABLE products (id INT PRIMARY KEY, name TEXT)");
  }

  @Test
  public void exactlyTheChangesAfterTheSeededPositionArriveOnce() throws Exception {
    run("INSERT INTO products VALUES (1, 'before')");
    seedAndStart("seeded");
    run(
        "INSERT INTO products VALUES (2, 'Margherita')",
        "UPDATE products SET name = 'Marinara' WHERE id = 1",
        "DELETE FROM products WHERE id = 2");

    List<String> changes = awaitChanges("seeded", 3);

    assertThat(
        changes,
        is(
            List.of(
                "c null {\"id\":2,\"name\":\"Margherita\"}",
                "u {\"id\":1,\"name\":\"before\"} {\"id\":1,\"name\":\"Marinara\"}",
                "d {\"id\":2,\"name\":\"Margherita\"} null")));
  }

  @Test
  public void aTaskThatStartsWhileMySqlIsDownWaitsForIt() throws Exception {
    seedAndStart("waiting");
    run("INSERT INTO products VALUES (1, 'one')");
    awaitChanges("waiting", 1);

    services.mySql("pos").kill9();
    ask("POST", "/connectors/waiting/restart?includeTasks=true", null, 202);
    awaitStarts("waiting", 2);
    services.mySql("pos").start();
    run("INSERT INTO products VALUES (2, 'two')");

    assertThat(
        awaitChanges("waiting", 2),
        is(List.of("c null {\"id\":1,\"name\":\"one\"}", "c null {\"id\":2,\"name\":\"two\"}")));
  }

  @Test
  public void everyChangeArrivesOnceWhenEachServerIsKilledBetween() throws Exception {
    seedAndStart("killed");
    run("INSERT INTO products VALUES (1, 'one')");
    awaitChanges("killed", 1);

    services.connect().kill9();
    run("INSERT INTO products VALUES (2, 'two')");
    services.connect().start();
    awaitChanges("killed", 2);
    services.kafka().kill9();
    run("INSERT INTO products VALUES (3, 'three')");
    services.kafka().start();
    awaitChanges("killed", 3);
    services.mySql("pos").kill9();
    services.mySql("pos").start();
    restartIfFailed("killed");
    run("INSERT INTO products VALUES (4, 'four')");

    assertThat(
        awaitChanges("killed", 4),
        is(
            List.of(
                "c null {\"id\":1,\"name\":\"one\"}",
                "c null {\"id\":2,\"name\":\"two\"}",
                "c null {\"id\":3,\"name\":\"three\"}",
                "c null {\"id\":4,\"name\":\"four\"}")));
  }

  /** Makes a stopped connector, tells it where the log stands now, and lets it run. */
  private void seedAndStart(String name) throws Exception {
    Map<String, String> position;
    MySqlServer pos = services.mySql("pos");
    try (Sql sql = pos.connect("pos", pos.snapshot())) {
      position = sql.rows("SHOW MASTER STATUS").get(0);
    }
    ask(
        "POST",
        "/connectors",
        Map.of("name", name, "initial_state", "STOPPED", "config", config(name)),
        201);
    // The worker answers 404 until it has read the new connector's state from its own topic.
    String status = "/connectors/" + name + "/status";
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                    ask("GET", status, null, 200).at("/connector/state").asText(), is("STOPPED")));
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put("file", position.get("File"));
    offset.put("pos", Long.parseLong(position.get("Position")));
    offset.put("gtids", position.get("Executed_Gtid_Set").replace("\n", ""));
    ask(
        "PATCH",
        "/connectors/" + name + "/offsets",
        Map.of("offsets", List.of(Map.of("partition", Map.of("server", name), "offset", offset))),
        200);
    ask("PUT", "/connectors/" + name + "/resume", null, 202);
  }

  /** Waits until a connector's task has been started so often, be it with success or without. */
  private static void awaitStarts(String name, int count) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              try (Stream<String> lines = Files.lines(services.connect().log())) {
                return lines
                        .filter(line -> line.contains("[task-thread-" + name + "-0]"))
                        .filter(line -> line.contains(" - Starting MySqlConnectorTask "))
                        .count()
                    >= count;
              }
            });
  }

  /**
   * What an operator does: Connect may have been starting the task, since Kafka was killed before,
   * and a start whose statement was under way when MySQL was killed fails for good.
   */
  private void restartIfFailed(String name) {
    String path = "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true";
    await().atMost(SOON).untilAsserted(() -> ask("POST", path, null, 202));
  }

  private static Map<String, String> config(String name) {
    MySqlServer pos = services.mySql("pos");
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("tasks.max", "1");
    config.put("exactly.once.support", "required");
    config.put("transaction.boundary", "poll");
    config.put("database.hostname", pos.host());
    config.put("database.port", Integer.toString(pos.port()));
    config.put("database.user", pos.cdc().user());
    config.put("database.password", pos.cdc().password());
    config.put("database.server.id", Integer.toString(5500 + Math.abs(name.hashCode() % 1000)));
    config.put("topic.prefix", name);
    config.put("database.include.list", "pos");
    config.put("snapshot.mode", "recovery");
    config.put("snapshot.locking.mode", "none");
    // Debezium looks once a minute, by default, whether it has lost MySQL.
    config.put("connect.keep.alive.interval.ms", "10000");
    // After Kafka was killed, Connect starts the task anew, maybe just while MySQL is down.
    config.put("driver.autoReconnect", "true");
    config.put("driver.maxReconnects", "100");
    config.put("driver.initialTimeout", "2");
    config.put("include.schema.changes", "false");
    config.put("tombstones.on.delete", "false");
    config.put(
        "schema.history.internal.kafka.bootstrap.servers", services.kafka().bootstrapServers());
    config.put("schema.history.internal.kafka.topic", "schema-history." + name);
    return config;
  }

  /** Waits for a number of changes, and gives all there are, in their order. */
  private static List<String> awaitChanges(String name, int count) {
    TopicPartition topic = new TopicPartition(name + ".pos.products", 0);
    List<String> changes = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                services.kafka().bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(topic));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  changes.add(change(record.value()));
                }
                assertThat(changes, hasSize(count));
              });
    }
    return changes;
  }

  private static String change(String value) throws IOException {
    JsonNode envelope = JSON.readTree(value);
    return envelope.path("op").asText()
        + " "
        + envelope.get("before")
        + " "
        + envelope.get("after");
  }

  private static void run(String... statements) throws SQLException {
    MySqlServer pos = services.mySql("pos");
    try (Sql sql = pos.connect("pos", pos.app())) {
      sql.run(statements);
    }
  }

  private JsonNode ask(String method, String path, Object body, int expected) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(services.connect().restUrl().resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    // "Not at the moment", says a worker that has just been told of a connector, or rebalances.
    HttpResponse<String> answer =
        await()
            .atMost(SOON)
            .until(
                () -> http.send(request, HttpResponse.BodyHandlers.ofString()),
                any -> any.statusCode() != 409);
    assertThat(method + " " + path + ": " + answer.body(), answer.statusCode(), is(expected));
    return JSON.readTree(answer.body());
  }
}
