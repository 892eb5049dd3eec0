package dev.larder.io.kafka;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import dev.larder.testdata.services.Services;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Against a real broker: ranges are read exactly, whatever lies in them. */
public class KafkaRangesIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static Services services;
  private static KafkaConnection connection;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @BeforeClass
  public static void startBroker() {
    services = Services.in(FOLDER.getRoot().toPath()).withKafka().start();
    connection = KafkaConnection.to(services.kafka().bootstrapServers());
  }

  @AfterClass
  public static void stopBroker() {
    services.close();
  }

  @Test
  public void readsCommittedRecordsOnceInWhateverPiecesAndLeavesAbortedOnesOut() throws Exception {
    String topic = topic(2);
    List<String> committed = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(true)) {
      producer.initTransactions();
      for (int transaction = 0; transaction < 9; transaction++) {
        boolean commit = transaction % 3 != 1;
        producer.beginTransaction();
        for (int i = 0; i < 50; i++) {
          String value = transaction + "/" + i;
          send(producer, topic, i % 2, value).get();
          if (commit) {
            committed.add(value);
          }
        }
        if (commit) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }
    long each = 9 * 25 + 9; // records and the ends of transactions
    TopicOffsets offsets =
        awaitEnd(
            topic, Map.of(new TopicPartition(topic, 0), each, new TopicPartition(topic, 1), each));
    BatchPlan plan =
        BatchPlanner.plan(
            1,
            offsets.positions(Map.of()),
            offsets.end(),
            BatchLimits.none().withMinRanges(11),
            Map.of());
    assertThat(plan.size(), is(2 * each));

    read(plan.ranges(), committed);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    assertThat(counter(result, MetricNames.RECORDS_READ), is((long) committed.size()));
    assertThat(counter(result, MetricNames.BYTES_READ), greaterThan(0L));
  }

  @Test
  public void endsBeforeATransactionThatIsNotFinished() throws Exception {
    String topic = topic(1);
    try (KafkaProducer<byte[], byte[]> producer = producer(true)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, topic, 0, "done").get();
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, topic, 0, "open").get();

      assertThat(offsets(topic).end(), is(Map.of(new TopicPartition(topic, 0), 2L)));
      assertThat(areFinished(topic, Duration.ZERO), is(false));
      producer.commitTransaction();
    }
    assertThat(areFinished(topic, Duration.ofMinutes(5)), is(true));
    assertThat(offsets(topic).end(), is(Map.of(new TopicPartition(topic, 0), 4L)));
    read(List.of(new OffsetRange(topic, 0, 0, 2)), List.of("done"));
    pipeline.run().waitUntilFinish();
  }

  /** What was compacted away is no record that is gone: it was replaced by a later one. */
  @Test
  public void readsAcrossTheGapsOfACompactedTopicWithTransactions() throws Exception {
    String topic = compactedTopic();
    try (KafkaProducer<byte[], byte[]> producer = producer(true)) {
      producer.initTransactions();
      for (int transaction = 0; transaction < 20; transaction++) {
        producer.beginTransaction();
        for (int key = 0; key < 5; key++) {
          sendKeyed(producer, topic, "k" + key, transaction + "/" + key).get();
        }
        if (transaction % 4 == 3) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
        roll(producer, topic);
      }
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    long end = 20 * (5 + 1) + 20 * (1 + 1);
    awaitEnd(topic, Map.of(partition, end));
    // Until nothing is left to be compacted: each key's last value, and the last filler.
    List<String> left =
        await()
            .atMost(Duration.ofMinutes(5))
            .until(() -> values(topic, end), values -> values.size() == 5 + 1);
    assertThat(left.subList(0, 5), is(List.of("18/0", "18/1", "18/2", "18/3", "18/4")));
    List<OffsetRange> pieces = new ArrayList<>();
    for (long from = 0; from < end; from += 7) { // most begin and end in a gap
      pieces.add(new OffsetRange(topic, 0, from, Math.min(end, from + 7)));
    }
    read(pieces, left);
    pipeline.run().waitUntilFinish();
  }

  /** A tiny segment is closed by the record that follows it; only closed ones are compacted. */
  private static void roll(KafkaProducer<byte[], byte[]> producer, String topic) throws Exception {
    producer.beginTransaction();
    sendKeyed(producer, topic, "filler", "x".repeat(600)).get();
    producer.commitTransaction();
  }

  private static String compactedTopic() throws ExecutionException, InterruptedException {
    String name = "t-" + UUID.randomUUID();
    NewTopic topic =
        new NewTopic(name, 1, (short) 1)
            .configs(
                Map.of(
                    "cleanup.policy", "compact",
                    "segment.bytes", "1000",
                    "min.cleanable.dirty.ratio", "0.01",
                    "max.compaction.lag.ms", "1"));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get();
    }
    return name;
  }

  private static List<String> values(String topic, long end) {
    List<String> values = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (Consumer<byte[], byte[]> consumer = ConsumerPool.borrow(connection)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
    }
    return values;
  }

  private static Future<?> sendKeyed(
      KafkaProducer<byte[], byte[]> producer, String topic, String key, String value) {
    return producer.send(
        new ProducerRecord<>(
            topic,
            0,
            key.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  public void saysWhichRecordsAreGone() throws Exception {
    String topic = topic(1);
    try (KafkaProducer<byte[], byte[]> producer = producer(false)) {
      for (int i = 0; i < 20; i++) {
        send(producer, topic, 0, "v" + i).get();
      }
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    try (Admin admin = admin()) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(15))).all().get();
    }

    SourceException planned =
        assertThrows(SourceException.class, () -> offsets(topic).positions(Map.of(partition, 5L)));
    assertThat(
        planned.getMessage(),
        containsString(
            topic
                + "/0: the records from offset 5 to 14 were not read yet and are gone; the earliest"
                + " that is left is 15."));

    read(List.of(new OffsetRange(topic, 0, 5, 20)), List.of());
    Exception running = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());
    assertThat(
        running.getMessage(),
        containsString(topic + "/0[5, 20): the record at offset 5 is gone while the range"));
  }

  @Test
  public void findsTopicsByPrefixAndPatternAndMissesNamedOnes() throws Exception {
    String name = topic(3);

    try (KafkaOffsets offsets = KafkaOffsets.open(connection)) {
      Set<TopicPartition> all =
          Set.of(
              new TopicPartition(name, 0),
              new TopicPartition(name, 1),
              new TopicPartition(name, 2));
      assertThat(offsets.read(TopicSelection.startingWith(name)).end().keySet(), is(all));
      assertThat(offsets.read(TopicSelection.matching(name + "$")).end().keySet(), is(all));
      assertThat(offsets.read(TopicSelection.startingWith("no.")).end(), is(Map.of()));
      SourceException error =
          assertThrows(
              SourceException.class, () -> offsets.read(TopicSelection.named(name, "absent")));
      assertThat(
          error.getMessage(),
          is(
              "Kafka at "
                  + connection.bootstrapServers()
                  + " has no topic absent. A connector creates a table's topic with the table's"
                  + " first change; check the names (topic.prefix.database.table) and the"
                  + " connector's state."));
    }
  }

  private void read(List<OffsetRange> ranges, List<String> expected) {
    PAssert.that(
            pipeline
                .apply("Ranges", Create.of(ranges).withCoder(OffsetRangeCoder.of()))
                .apply("Read", KafkaRanges.read().from(connection))
                .apply("Values", MapElements.via(new ValueText())))
        .containsInAnyOrder(expected);
  }

  private static final class ValueText extends SimpleFunction<KafkaRecord<byte[], byte[]>, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String apply(KafkaRecord<byte[], byte[]> record) {
      return new String(record.getKV().getValue(), StandardCharsets.UTF_8);
    }
  }

  private static String topic(int partitions) throws ExecutionException, InterruptedException {
    String name = "t-" + UUID.randomUUID();
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
      // The controller answers before the broker tells others of it.
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> admin.listTopics().names().get().contains(name));
    }
    return name;
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", connection.bootstrapServers()));
  }

  private static TopicOffsets offsets(String topic) {
    try (KafkaOffsets offsets = KafkaOffsets.open(connection)) {
      return offsets.read(TopicSelection.named(topic));
    }
  }

  private static boolean areFinished(String topic, Duration patience) {
    try (KafkaOffsets offsets = KafkaOffsets.open(connection)) {
      return offsets.awaitFinished(TopicSelection.named(topic), patience);
    }
  }

  /** A broker closes a transaction after it has told the producer: its end comes a little later. */
  private static TopicOffsets awaitEnd(String topic, Map<TopicPartition, Long> end) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> offsets(topic), offsets -> offsets.end().equals(end));
  }

  private static KafkaProducer<byte[], byte[]> producer(boolean transactional) {
    return new KafkaProducer<>(
        transactional
            ? Map.of(
                "bootstrap.servers",
                connection.bootstrapServers(),
                "transactional.id",
                UUID.randomUUID().toString())
            : Map.of("bootstrap.servers", connection.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Future<?> send(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, String value) {
    return producer.send(
        new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(KafkaRanges.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }
}
