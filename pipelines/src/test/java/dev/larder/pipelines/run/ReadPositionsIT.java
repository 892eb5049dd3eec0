package dev.larder.pipelines.run;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.OffsetRange;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.io.kafka.TopicWatch;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.testdata.services.Services;
import dev.larder.transforms.model.VaultModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Against a real broker: where the stream reads on, and that it skips nothing silently. */
public class ReadPositionsIT {
  @ClassRule public static final TemporaryFolder SERVERS = new TemporaryFolder();

  /** Each test has a database, and so topics, of its own. */
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static Services services;
  private static KafkaConnection kafka;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private String lake;
  private TopicPartition orders;
  private VaultModel model;

  @BeforeClass
  public static void startBroker() {
    services = Services.in(SERVERS.getRoot().toPath()).withKafka().start();
    kafka = KafkaConnection.to(services.kafka().bootstrapServers());
  }

  @AfterClass
  public static void stopBroker() {
    services.close();
  }

  @Before
  public void modelOfOneTable() throws Exception {
    lake = folder.newFolder("lake").toString();
    String database = "shop" + DATABASES.incrementAndGet();
    Path file = folder.newFile("vault.yaml").toPath();
    Files.writeString(
        file,
        """
        vault: shop
        sources:
          pos: {database: %s, record_source: POS}
        hubs:
          order: {key: [number]}
        tables:
          pos.orders:
            order: {number: id}
        """
            .formatted(database));
    model = ModelFile.at(file.toString()).model();
    orders = new TopicPartition("pos." + database + ".orders", 0);
  }

  @Test
  public void aNewTopicBeginsWhereItIsToldAndKeepsItsPositionAfterwards() throws Exception {
    send(12);

    assertThat(positions("--startingPosition={\"" + orders.topic() + "\": {\"0\": 4}}"), is(at(4)));
    assertThat(positions("--startingPosition=latest"), is(at(4)));
    assertThat(positions("--startingPosition=ledger"), is(at(4)));
  }

  @Test
  public void aTimestampIsTheFirstRecordSince() throws Exception {
    send(3);
    long since = System.currentTimeMillis() + 60_000;
    send(2, since);

    String time = Instant.ofEpochMilli(since - 1).toString();
    assertThat(positions("--startingPosition=timestamp:" + time), is(at(3)));
  }

  @Test
  public void aTopicThatAppearsLaterIsReadFromItsBeginning() throws Exception {
    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      ReadPositions positions = open(offsets, "--startingPosition=latest");
      assertThat(positions.next(look(positions)), is(Map.of()));

      send(5);

      assertThat(positions.next(look(positions)), is(at(0)));
    }
  }

  @Test
  public void aPartitionThatIsAddedIsReadFromItsBeginning() throws Exception {
    send(5);
    assertThat(positions("--startingPosition=latest"), is(at(5)));
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(orders.topic(), NewPartitions.increaseTo(2))).all().get();
      awaitPartitions(admin, 2);
    }

    assertThat(
        positions("--startingPosition=latest"),
        is(Map.of(orders, 5L, new TopicPartition(orders.topic(), 1), 0L)));
  }

  @Test
  public void recordsThatWereDeletedStopItUntilTheGapIsAccepted() throws Exception {
    send(20);
    readTo(5);
    delete(16);

    SourceException error = assertThrows(SourceException.class, this::positions);

    assertThat(
        error.getMessage(),
        containsString(
            "Kafka does not have records any more that were not read yet:\n  "
                + orders.topic()
                + "/0: offsets 5 to 15 (11) were deleted; the earliest that is left is 16\n"
                + "These topics were last read at 20"));
    assertThat(
        error.getMessage(),
        containsString("\n  larder snapshot --tables=pos.orders --model=m --lake=" + lake));
    assertThat(
        error.getMessage(),
        containsString("\n  larder stream --acceptLostOffsets=" + orders.topic() + " --model=m"));
    assertThat(positions("--acceptLostOffsets=" + orders.topic()), is(at(16)));
    assertThat(positions(), is(at(16)));
  }

  @Test
  public void whatIsLostWhileItRunsIsNotAcceptedBeforehand() throws Exception {
    send(20);
    readTo(5);
    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      ReadPositions positions = open(offsets, "--acceptLostOffsets=" + orders.topic());
      positions.next(look(positions));

      delete(16);

      assertThrows(SourceException.class, () -> positions.next(look(positions)));
    }
  }

  @Test
  public void aTopicMadeAnewIsNotTakenForTheOldOneThoughItIsLonger() throws Exception {
    send(8);
    readTo(5);
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(orders.topic())).all().get();
      awaitPartitions(admin, 0);
    }
    send(30);

    SourceException error = assertThrows(SourceException.class, this::positions);

    assertThat(
        error.getMessage(),
        containsString(
            "/0: all behind offset 5 of the old topic; it was deleted and made anew, and holds"
                + " offsets 0 to 29"));
    assertThat(positions("--acceptLostOffsets=" + orders.topic()), is(at(0)));
    assertThat(positions(), is(at(0)));
  }

  @Test
  public void aTopicThatIsGoneStopsItToo() throws Exception {
    send(8);
    readTo(5);
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(orders.topic())).all().get();
      awaitPartitions(admin, 0);
    }

    SourceException error = assertThrows(SourceException.class, this::positions);

    assertThat(
        error.getMessage(), containsString("/0: all behind offset 5; the topic is not there"));
    assertThat(positions("--acceptLostOffsets=" + orders.topic()), is(Map.of()));
  }

  @Test
  public void aBatchThatWasCutOffIsRunAgainAsFarAsItIsThereOnceThatIsAccepted() throws Exception {
    send(20);
    readTo(5);
    BatchPlan cut = plan(2, 5, 20);
    Ledger.open(lake).planned(Ledger.STREAM, 2, cut.toJson());
    delete(16);

    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      ReadPositions refused = open(offsets);
      assertThrows(SourceException.class, () -> refused.left(cut, look(refused)));
      ReadPositions accepted = open(offsets, "--acceptLostOffsets=" + orders.topic());
      assertThat(accepted.left(cut, look(accepted)), is(plan(2, 16, 20)));
    }
  }

  @Test
  public void aSnapshotThatIsOlderThanItsTopicKeepsRecordsIsNotCovered() throws Exception {
    send(20);
    delete(16);
    snapshotAt(Instant.now().minus(Duration.ofDays(8)));

    SourceException error = assertThrows(SourceException.class, this::positions);

    assertThat(
        error.getMessage(),
        containsString("/0: offsets 0 to 15 (16) were deleted; the earliest that is left is 16"));
    assertThat(positions("--acceptLostOffsets=" + orders.topic()), is(at(16)));
  }

  @Test
  public void aSnapshotOfTodayIsCoveredByWhatIsThere() throws Exception {
    send(20);
    delete(16);
    snapshotAt(Instant.now().minus(Duration.ofHours(1)));

    UserException error =
        assertThrows(UserException.class, () -> positions("--startingPosition=latest"));

    assertThat(error.getMessage(), containsString("a snapshot of the tables of " + orders.topic()));
    assertThat(positions(), is(at(16)));
  }

  private void snapshotAt(Instant time) {
    BinlogPosition place =
        new BinlogPosition("binlog.000001", 4, "", ChronoUnit.MICROS.between(Instant.EPOCH, time));
    String entry = SnapshotEntry.of(model.tables().keySet(), Map.of("pos", place)).toJson();
    Ledger ledger = Ledger.open(lake);
    ledger.planned(Ledger.SNAPSHOT, 1, entry);
    ledger.done(Ledger.SNAPSHOT, 1, entry);
  }

  @Test
  public void waitingEndsWithTheNextRecordOfAFinishedTransaction() throws Exception {
    send(2);
    try (TopicWatch watch = TopicWatch.open(kafka)) {
      watch.await(at(1), Duration.ofMinutes(1), () -> false); // there is one

      Thread sender = new Thread(() -> send(1));
      sender.start();
      watch.await(at(2), Duration.ofMinutes(1), () -> false);
      sender.join();
      CountDownLatch asked = new CountDownLatch(1);
      watch.await(
          at(3),
          Duration.ofMinutes(1),
          () -> {
            asked.countDown();
            return true;
          });
      assertThat(asked.getCount(), is(0L));
    }
  }

  private Map<TopicPartition, Long> positions(String... options) {
    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      ReadPositions positions = open(offsets, options);
      return positions.next(look(positions));
    }
  }

  private ReadPositions open(KafkaOffsets offsets, String... options) {
    StreamOptions parsed = PipelineOptionsFactory.fromArgs(options).as(StreamOptions.class);
    parsed.setModel("m");
    parsed.setLake(lake);
    Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    return new ReadPositions(new StreamLedger(Ledger.open(lake)), parsed, model, offsets, console);
  }

  private static TopicOffsets look(ReadPositions positions) {
    try (OrderlyStop stop =
        OrderlyStop.of(
            new CountDownLatch(1),
            RunnerProfile.of(PipelineOptionsFactory.create()),
            Console.system(),
            new RunReport("stream", Instant.now()))) {
      return positions.look(stop);
    }
  }

  private void readTo(long offset) {
    assertThat(positions(), is(at(0)));
    StreamLedger ledger = new StreamLedger(Ledger.open(lake));
    BatchPlan plan = plan(1, 0, offset);
    ledger.planned(plan);
    ledger.done(plan, BatchOutcome.NOTHING);
  }

  private BatchPlan plan(long batch, long from, long to) {
    return new BatchPlan(batch, List.of(new OffsetRange(orders.topic(), 0, from, to)), Map.of());
  }

  private Map<TopicPartition, Long> at(long offset) {
    return Map.of(orders, offset);
  }

  private void send(int records) {
    send(records, System.currentTimeMillis());
  }

  private void send(int records, long time) {
    try (Admin admin = admin();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      if (!admin.listTopics().names().get().contains(orders.topic())) {
        NewTopic topic = new NewTopic(orders.topic(), 1, (short) 1);
        topic.configs(Map.of("retention.ms", Long.toString(Duration.ofDays(7).toMillis())));
        admin.createTopics(List.of(topic)).all().get();
      }
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(orders.topic(), 0, time, null, new byte[] {1})).get();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void delete(long before) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteRecords(Map.of(orders, RecordsToDelete.beforeOffset(before))).all().get();
    }
  }

  /** The controller answers before the broker tells others what has changed. */
  private void awaitPartitions(Admin admin, int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                admin.listTopics().names().get().contains(orders.topic())
                    ? admin
                        .describeTopics(List.of(orders.topic()))
                        .allTopicNames()
                        .get()
                        .get(orders.topic())
                        .partitions()
                        .size()
                    : 0,
            is(count));
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
