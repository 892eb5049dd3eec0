package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.jdbc.Catalogue;
import dev.larder.io.jdbc.Connections;
import dev.larder.io.jdbc.Source;
import dev.larder.io.kafka.debezium.DebeziumEvents;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumModes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  private static Services services;
  private static ParityConnectors connectors;
  private static JdbcValues expected;
  private static Path lake;
  private static SourceCatalog catalog;
  private static TableSchema table;

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
    connectors = new ParityConnectors(services);
    connectors.start();
    List<String> options =
        List.of(
            "--model=" + model,
            "--lake=" + lake,
            "--source=pos=" + mySql().sourceUrl("pos", mySql().cdc()),
            "--bootstrapServers=" + services.kafka().bootstrapServers(),
            "--connect=" + services.connect().restUrl());
    larder("snapshot", options).succeeded();
    connectors.awaitSnapshots();
    run("UPDATE every_type SET touched = touched + 1, c_now = c_now");
    larder("stream", options).succeeded();
    for (ChangeRecord change : bronze()) {
      if (change.origin() == Origin.SNAPSHOT) {
        expected.add(change.after());
      }
    }
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
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
      expected = new JdbcValues(table);
      catalog = SourceCatalog.of(read.tables()).withDeclaredTypes(EVERY, read.declaredTypes(EVERY));
    }
  }

  private static DebeziumFormat format(String name, DebeziumModes modes, SourceCatalog tables) {
    return new DebeziumFormat(List.of(new LogSource("pos", name, "pos")), tables, modes);
  }

  private static List<ChangeRecord> bronze() {
    DeltaSnapshot stored = DeltaTable.of(lake.toString(), BronzeRows.table(EVERY)).latest();
    List<ChangeRecord> changes = new ArrayList<>();
    try (RowIterator rows = stored.rows()) {
      rows.forEachRemaining(row -> changes.add(BronzeRows.change(table, stored.schema(), row)));
    }
    return changes;
  }

  @Test
  public void jsonWithoutSchemasSaysWhatJdbcSays() {
    List<String> differences = new ArrayList<>();
    ParityConnectors.MODES.forEach(
        (name, modes) -> {
          DebeziumEvents decoder = DebeziumEvents.of(format(name, modes, catalog));
          differences.addAll(expected.differences(name, decoded(decoder, name)));
        });

    assertThat(String.join("\n", differences), differences, is(empty()));
  }

  /** Fails when a newer Debezium reads them: then nothing is lost any more. */
  @Test
  public void itsSnapshotLosesDigitsOfFloatsAndTheYearZero() {
    Set<String> lost = new TreeSet<>();
    DebeziumEvents decoder =
        DebeziumEvents.of(format("rendered", ParityConnectors.MODES.get("rendered"), catalog));
    for (Decoded decoded : decoded(decoder, "rendered")) {
      ChangeRecord record = ((Decoded.Change) decoded).record();
      if (record.operation() == Operation.READ) {
        for (String column : EveryType.columns()) {
          if (!expected
              .differences("", record.table(), record.after(), List.of(column))
              .isEmpty()) {
            lost.add(column);
          }
        }
      }
    }

    assertThat(lost, is(JdbcValues.LOST_BY_ITS_SNAPSHOT));
  }

  @Test
  public void jsonWithSchemasSaysWhatJdbcSays() {
    List<String> differences = new ArrayList<>();
    ParityConnectors.MODES.forEach(
        (mode, modes) -> {
          String name = ParityConnectors.withSchemas(mode);
          DebeziumEvents decoder = DebeziumEvents.of(format(name, modes, catalog));
          differences.addAll(expected.differences(name, decoded(decoder, name)));
        });

    assertThat(String.join("\n", differences), differences, is(empty()));
  }

  @Test
  public void avroSaysWhatJdbcSays() throws Exception {
    List<String> differences = new ArrayList<>();
    ConnectAvro converter = new ConnectAvro();
    try (RegistryServer registry = RegistryServer.of(converter)) {
      RegistryClient client = RegistryClient.of(SchemaRegistry.parse(registry.url()));
      for (Map.Entry<String, DebeziumModes> mode : ParityConnectors.MODES.entrySet()) {
        String name = ParityConnectors.withSchemas(mode.getKey());
        DebeziumEvents decoder = DebeziumEvents.of(format(name, mode.getValue(), catalog), client);
        List<Decoded> decoded = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> event : connectors.allEvents(name)) {
          decoded.add(
              decoder.decode(
                  new LogPlace(event.topic(), event.partition(), event.offset()),
                  converter.message(event.key()),
                  converter.message(event.value())));
        }
        differences.addAll(expected.differences("avro " + name, decoded));
      }
    }

    assertThat(String.join("\n", differences), differences, is(empty()));
  }

  private static List<Decoded> decoded(DebeziumEvents decoder, String connector) {
    return connectors.allEvents(connector).stream()
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
        differences.addAll(expected.differences("bronze before", change.table(), change.before()));
        differences.addAll(expected.differences("bronze after", change.table(), change.after()));
      }
    }

    assertThat(String.join("\n", differences), differences, is(empty()));
    assertThat(updates, is(EveryType.rows()));
    assertThat(expected.rows().size(), is(EveryType.rows()));
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
    List<List<String>> wanted = new ArrayList<>();
    expected
        .rows()
        .forEach(row -> wanted.add(payload(column -> row[table.columns().position(column)])));
    List<List<String>> found = new ArrayList<>();
    for (Object[] row : satellite("vault/sat_every")) {
      found.add(payload(column -> row[every.schema().position(column)]));
    }
    wanted.sort((a, b) -> a.toString().compareTo(b.toString()));
    found.sort((a, b) -> a.toString().compareTo(b.toString()));

    assertThat(found, is(wanted));
  }

  private static List<String> payload(Function<String, Object> value) {
    return EveryType.columns().stream()
        .map(column -> expected.text(column, value.apply(column)))
        .toList();
  }

  private static List<Object[]> satellite(String name) {
    List<Object[]> all = new ArrayList<>();
    try (RowIterator rows = DeltaTable.of(lake.toString(), name).latest().rows()) {
      rows.forEachRemaining(all::add);
    }
    return all;
  }
}
