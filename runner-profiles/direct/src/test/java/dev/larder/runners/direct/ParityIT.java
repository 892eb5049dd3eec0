package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.jdbc.Catalogue;
import dev.larder.io.jdbc.Connections;
import dev.larder.io.jdbc.Source;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.io.kafka.debezium.DebeziumEvents;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.DebeziumModes.Binaries;
import dev.larder.io.kafka.debezium.DebeziumModes.Decimals;
import dev.larder.io.kafka.debezium.DebeziumModes.Times;
import dev.larder.io.kafka.debezium.DebeziumModes.UnsignedBigints;
import dev.larder.io.kafka.debezium.Decoded;
import dev.larder.io.kafka.debezium.LogSource;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.io.kafka.registry.RegistryClient;
import dev.larder.io.kafka.registry.SchemaRegistry;
import dev.larder.testdata.avro.ConnectAvro;
import dev.larder.testdata.avro.RegistryServer;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import dev.larder.transforms.bronze.BronzeRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * One value, whichever way it came: each column type of {@link EveryType} is read by JDBC, by a
 * Debezium snapshot and by Debezium's stream, in JSON with and without schemas and in Avro, in the
 * connector's modes that keep values, and passes bronze and the vault.
 */
public class ParityIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final TableId EVERY = new TableId("pos", "every_type");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The connectors beside Larder's own, and how each writes. */
  private static final Map<String, DebeziumModes> MODES =
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

  private static Services services;
  private static Path lake;
  private static SourceCatalog catalog;
  private static TableSchema table;

  /**
   * What Debezium's own snapshot loses: it reads FLOAT in MySQL's text, rounded to 6 digits, and
   * the YEAR 0000 as 2000. Larder's snapshots are its own.
   */
  private static final Set<String> LOST_BY_ITS_SNAPSHOT = Set.of("c_float", "c_year");

  /** The rows as JDBC read them, out of bronze, by key. */
  private static final Map<String, Object[]> EXPECTED = new TreeMap<>();

  @BeforeClass
  public static void snapshotAndStream() throws Exception {
    ChainSandbox.assumeSupported();
    services =
        Services.in(FOLDER.getRoot().toPath())
            .withMySql(MySqlSetup.named("pos").withPulse())
            .withConnect()
            .start();
    lake = Path.of("target", "it", "ParityIT", "lake").toAbsolutePath();
    Folders.empty(lake.getParent());
    Path model = lake.resolveSibling("vault.yaml");
    Files.writeString(model, model());
    run(
        "SET SESSION sql_mode = ''",
        "SET time_zone = '+00:00'",
        EveryType.createTable("every_type"));
    List<String> inserts = new ArrayList<>(List.of("SET SESSION sql_mode = ''"));
    inserts.addAll(EveryType.inserts("every_type"));
    run(inserts.toArray(String[]::new));
    readCatalogue();
    MODES.forEach((name, modes) -> snapshotBy(name, modes, false));
    MODES.forEach((name, modes) -> snapshotBy(name + "_schema", modes, true));
    List<String> options =
        List.of(
            "--model=" + model,
            "--lake=" + lake,
            "--source=pos=" + mySql().sourceUrl("pos", mySql().cdc()),
            "--bootstrapServers=" + services.kafka().bootstrapServers(),
            "--connect=" + services.connect().restUrl());
    larder("snapshot", options).succeeded();
    for (String name : names()) {
      await()
          .alias("snapshot by " + name)
          .atMost(PATIENCE)
          .until(() -> events(name).size() >= EveryType.rows());
    }
    run("UPDATE every_type SET touched = touched + 1, c_now = c_now");
    larder("stream", options).succeeded();
    for (ChangeRecord change : bronze()) {
      if (change.origin() == Origin.SNAPSHOT) {
        EXPECTED.put(key(change.after()), change.after());
      }
    }
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
  }

  private static List<String> names() {
    return MODES.keySet().stream()
        .flatMap(name -> List.of(name, name + "_schema").stream())
        .toList();
  }

  private static String model() {
    return """
        vault: parity
        sources:
          pos: {database: pos, record_source: POS}
        hubs:
          thing: {key: [id]}
        tables:
          pos.every_type:
            thing: {id: id}
            satellites:
              every: {of: thing, columns: [%s]}
              touched: {of: thing, columns: [touched]}
        """
        .formatted(String.join(", ", EveryType.columns()));
  }

  private static MySqlServer mySql() {
    return services.mySql("pos");
  }

  private static void run(String... statements) throws Exception {
    try (Sql sql = mySql().connect("pos", mySql().app())) {
      sql.run(statements);
    }
  }

  private static void readCatalogue() throws Exception {
    Source source = Source.parse("pos=" + mySql().sourceUrl("pos", mySql().cdc()));
    try (Connection connection = Connections.open(source)) {
      Catalogue read = Catalogue.read(source, connection);
      table = read.table("every_type");
      catalog = SourceCatalog.of(read.tables()).withDeclaredTypes(EVERY, read.declaredTypes(EVERY));
    }
  }

  /** A connector that reads the table itself first, and then the log. */
  private static void snapshotBy(String name, DebeziumModes modes, boolean schemas) {
    DebeziumConnector connector =
        DebeziumConnector.of(
                name, mySql().host(), mySql().port(), "pos", services.kafka().bootstrapServers())
            .withTables(List.of("every_type"))
            .withPassword(
                mySql().admin().user(), SecretRef.parse("file:" + mySql().admin().passwordFile()))
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
  private static List<ConsumerRecord<byte[], byte[]>> events(String name) {
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

  /** Waits for a connector's whole snapshot and stream. */
  private static List<ConsumerRecord<byte[], byte[]>> allEvents(String name) {
    await().alias(name).atMost(PATIENCE).until(() -> events(name).size() >= 2 * EveryType.rows());
    return events(name);
  }

  private static DebeziumFormat format(String name, DebeziumModes modes, SourceCatalog tables) {
    return new DebeziumFormat(List.of(new LogSource("pos", name, "pos")), tables, modes);
  }

  private static String key(Object[] row) {
    return String.valueOf(row[0]);
  }

  private static List<ChangeRecord> bronze() {
    DeltaSnapshot stored = DeltaTable.of(lake.toString(), BronzeRows.table(EVERY)).latest();
    List<ChangeRecord> changes = new ArrayList<>();
    try (RowIterator rows = stored.rows()) {
      rows.forEachRemaining(row -> changes.add(BronzeRows.change(table, stored.schema(), row)));
    }
    return changes;
  }

  /** Columns in which an image differs from what JDBC read, with both texts. */
  private static void compare(
      String where, TableSchema schema, Object[] image, List<String> differences) {
    compare(where, schema, image, EveryType.columns(), differences);
  }

  private static void compare(
      String where,
      TableSchema schema,
      Object[] image,
      Collection<String> columns,
      List<String> differences) {
    Object[] expected = EXPECTED.get(key(image));
    for (String column : columns) {
      int there = schema.columns().find(column);
      Object found = there < 0 ? null : image[there];
      Object wanted = expected[table.columns().position(column)];
      if (!Values.same(found, wanted)) {
        differences.add(
            where
                + " "
                + column
                + " of row "
                + key(image)
                + ": "
                + text(column, found)
                + " instead of "
                + text(column, wanted));
      }
    }
  }

  private static String text(String column, Object value) {
    if (value == null) {
      return "NULL";
    }
    try {
      return Values.text(table.columns().column(table.columns().position(column)).type(), value);
    } catch (ClassCastException e) {
      return value.getClass() + " " + value;
    }
  }

  private static void compareAll(String name, List<Decoded> decoded, List<String> differences) {
    Map<Operation, Integer> counts = new LinkedHashMap<>();
    for (Decoded each : decoded) {
      if (each instanceof Decoded.Failure failure) {
        differences.add(name + ": " + failure.reason());
      } else if (each instanceof Decoded.Change change) {
        ChangeRecord record = change.record();
        counts.merge(record.operation(), 1, Integer::sum);
        if (record.before() != null) {
          compare(name + " before", record.table(), record.before(), differences);
        }
        List<String> columns = new ArrayList<>(EveryType.columns());
        if (record.operation() == Operation.READ) {
          columns.removeAll(LOST_BY_ITS_SNAPSHOT);
        }
        compare(
            name + " " + record.operation(), record.table(), record.after(), columns, differences);
      }
    }
    if (!counts.equals(
        Map.of(Operation.READ, EveryType.rows(), Operation.UPDATE, EveryType.rows()))) {
      differences.add(name + ": " + counts);
    }
  }

  @Test
  public void jsonWithoutSchemasSaysWhatJdbcSays() {
    List<String> differences = new ArrayList<>();
    MODES.forEach(
        (name, modes) -> {
          DebeziumEvents decoder = DebeziumEvents.of(format(name, modes, catalog));
          compareAll(name, decoded(decoder, allEvents(name)), differences);
        });

    assertThat(String.join("\n", differences), differences, is(empty()));
  }

  /** Fails when a newer Debezium reads them: then nothing is lost any more. */
  @Test
  public void itsSnapshotLosesDigitsOfFloatsAndTheYearZero() {
    Set<String> lost = new TreeSet<>();
    DebeziumEvents decoder = DebeziumEvents.of(format("rendered", MODES.get("rendered"), catalog));
    for (Decoded decoded : decoded(decoder, allEvents("rendered"))) {
      ChangeRecord record = ((Decoded.Change) decoded).record();
      if (record.operation() == Operation.READ) {
        for (String column : EveryType.columns()) {
          List<String> differences = new ArrayList<>();
          compare("", record.table(), record.after(), List.of(column), differences);
          if (!differences.isEmpty()) {
            lost.add(column);
          }
        }
      }
    }

    assertThat(lost, is(LOST_BY_ITS_SNAPSHOT));
  }

  @Test
  public void jsonWithSchemasSaysWhatJdbcSays() {
    List<String> differences = new ArrayList<>();
    MODES.forEach(
        (mode, modes) -> {
          String name = mode + "_schema";
          DebeziumEvents decoder = DebeziumEvents.of(format(name, modes, catalog));
          compareAll(name, decoded(decoder, allEvents(name)), differences);
        });

    assertThat(String.join("\n", differences), differences, is(empty()));
  }

  @Test
  public void avroSaysWhatJdbcSays() throws Exception {
    List<String> differences = new ArrayList<>();
    ConnectAvro converter = new ConnectAvro();
    try (RegistryServer registry = RegistryServer.of(converter)) {
      RegistryClient client = RegistryClient.of(SchemaRegistry.parse(registry.url()));
      for (Map.Entry<String, DebeziumModes> mode : MODES.entrySet()) {
        String name = mode.getKey() + "_schema";
        DebeziumEvents decoder = DebeziumEvents.of(format(name, mode.getValue(), catalog), client);
        List<Decoded> decoded = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> event : allEvents(name)) {
          decoded.add(
              decoder.decode(
                  new LogPlace(event.topic(), event.partition(), event.offset()),
                  converter.message(event.key()),
                  converter.message(event.value())));
        }
        compareAll("avro " + name, decoded, differences);
      }
    }

    assertThat(String.join("\n", differences), differences, is(empty()));
  }

  private static List<Decoded> decoded(
      DebeziumEvents decoder, List<ConsumerRecord<byte[], byte[]>> events) {
    return events.stream()
        .map(
            event ->
                decoder.decode(
                    new LogPlace(event.topic(), event.partition(), event.offset()),
                    event.key(),
                    event.value()))
        .toList();
  }

  @Test
  public void bronzeHasTheStreamsValuesAsJdbcReadThem() {
    List<String> differences = new ArrayList<>();
    int updates = 0;
    for (ChangeRecord change : bronze()) {
      if (change.operation() == Operation.UPDATE) {
        updates++;
        compare("bronze before", change.table(), change.before(), differences);
        compare("bronze after", change.table(), change.after(), differences);
      }
    }

    assertThat(String.join("\n", differences), differences, is(empty()));
    assertThat(updates, is(EveryType.rows()));
    assertThat(EXPECTED.size(), is(EveryType.rows()));
    assertThat(EveryType.columns().size(), is(greaterThanOrEqualTo(50)));
  }

  /** Hash diffs rest on the values: an update that changes one column of another satellite. */
  @Test
  public void noVersionIsMadeOfAValueThatOnlyCameAnotherWay() {
    assertThat(satellite("vault/sat_touched").size(), is(2 * EveryType.rows()));
    assertThat(satellite("vault/sat_every").size(), is(EveryType.rows()));
    assertThat(DeltaTable.of(lake.toString(), DeadLetter.TABLE).exists(), is(false));
  }

  @Test
  public void theVaultHasTheValues() {
    DeltaSnapshot every = DeltaTable.of(lake.toString(), "vault/sat_every").latest();
    List<List<String>> expected = new ArrayList<>();
    EXPECTED
        .values()
        .forEach(row -> expected.add(payload(column -> row[table.columns().position(column)])));
    List<List<String>> found = new ArrayList<>();
    for (Object[] row : satellite("vault/sat_every")) {
      found.add(payload(column -> row[every.schema().position(column)]));
    }
    expected.sort((a, b) -> a.toString().compareTo(b.toString()));
    found.sort((a, b) -> a.toString().compareTo(b.toString()));

    assertThat(found, is(expected));
  }

  private static List<String> payload(Function<String, Object> value) {
    return EveryType.columns().stream().map(column -> text(column, value.apply(column))).toList();
  }

  private static List<Object[]> satellite(String name) {
    List<Object[]> all = new ArrayList<>();
    try (RowIterator rows = DeltaTable.of(lake.toString(), name).latest().rows()) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }
}
