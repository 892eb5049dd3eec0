package dev.larder.runners.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.SourceException;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.ConnectorState;
import dev.larder.io.kafka.connect.ConnectorStatus;
import dev.larder.io.kafka.connect.SourceOffset;
import dev.larder.testdata.fire.FireDatabase;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What can go wrong around a stream, done on purpose. */
final class ChaosFaults {
  private static final String CONNECTOR = "larder-" + FireDatabase.NAME;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RECORDS_AGAIN = 3_000;

  private final FireSandbox sandbox;
  private final ChaosStream stream;
  private final Random random;
  private final Duration pause;
  private final List<SourceOffset> places = new ArrayList<>();

  /** One of them; {@code TRUNCATE} is none, but what an application may do too. */
  enum Fault {
    KILL_LARDER,
    KILL_CONNECT,
    RESTART_KAFKA,
    RESTART_MYSQL,
    REWIND_CONNECTOR,
    RECORDS_AGAIN,
    PAUSE,
    TRUNCATE
  }

  /**
   * @param pause how long a server or the stream stands still
   */
  ChaosFaults(FireSandbox sandbox, ChaosStream stream, Random random, Duration pause) {
    this.sandbox = sandbox;
    this.stream = stream;
    this.random = random;
    this.pause = pause;
  }

  private ConnectClient connect() {
    return ConnectClient.at(sandbox.services().connect().restUrl().toString());
  }

  void happen(Fault fault) throws Exception {
    switch (fault) {
      case KILL_LARDER -> stream.kill();
      case KILL_CONNECT -> {
        sandbox.services().connect().kill9();
        sandbox.services().connect().start();
      }
      case RESTART_KAFKA -> {
        if (random.nextBoolean()) {
          sandbox.services().kafka().kill9();
        }
        sandbox.services().kafka().restart();
      }
      case RESTART_MYSQL -> {
        if (random.nextBoolean()) {
          sandbox.mySql().kill9();
        }
        sandbox.mySql().restart();
      }
      case REWIND_CONNECTOR -> rewind();
      case RECORDS_AGAIN -> sendAgain();
      case PAUSE -> pause();
      case TRUNCATE -> truncate();
    }
  }

  /** Brings back what does not come back by itself, as an operator would. */
  void heal() {
    ConnectClient connect = connect();
    connect.awaitReady(PATIENCE);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!runs(connect)) {
      assertThat("the connector keeps failing", System.nanoTime(), lessThan(end));
    }
    places.addAll(connect.offsets(CONNECTOR));
  }

  /** It may yet fail of what has just happened to its server. */
  private static boolean runs(ConnectClient connect) {
    if (connect.status(CONNECTOR).map(ConnectorStatus::hasFailed).orElse(false)) {
      connect.restart(CONNECTOR);
    }
    try {
      connect.await(CONNECTOR, ConnectorState.RUNNING, PATIENCE);
      return true;
    } catch (SourceException e) {
      return false;
    }
  }

  /** The connector reads again what it has read since some rounds ago. */
  private void rewind() {
    ConnectClient connect = connect();
    SourceOffset former =
        places.get(places.size() - 1 - random.nextInt(Math.min(3, places.size())));
    connect.stop(CONNECTOR);
    connect.await(CONNECTOR, ConnectorState.STOPPED, PATIENCE);
    connect.seedOffset(CONNECTOR, former);
    connect.resume(CONNECTOR);
  }

  /** The last records of each topic come once more, as a producer that lost its answers sends. */
  private void sendAgain() throws Exception {
    String servers = sandbox.services().kafka().bootstrapServers();
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", servers);
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", servers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (String table : List.of("items", "owners", "stocks")) {
        TopicPartition partition = new TopicPartition("f.f." + table, 0);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        consumer.seek(partition, Math.max(0, end - RECORDS_AGAIN));
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            sent.add(
                producer.send(
                    new ProducerRecord<>(record.topic(), 0, record.key(), record.value())));
          }
        }
      }
      for (Future<?> record : sent) {
        record.get();
      }
    }
  }

  /** Something stands still, as for a long collection of garbage or a moved virtual machine. */
  private void pause() throws IOException, InterruptedException {
    long pid =
        switch (random.nextInt(4)) {
          case 0 -> sandbox.mySql().pid();
          case 1 -> sandbox.services().kafka().pid();
          case 2 -> sandbox.services().connect().pid();
          default -> stream.pid();
        };
    signal("STOP", pid);
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } finally {
      signal("CONT", pid);
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private void truncate() throws SQLException {
    try (Sql sql = sandbox.mySql().connect(FireDatabase.NAME, sandbox.mySql().app())) {
      sql.run("TRUNCATE TABLE stocks");
    }
  }
}
