package dev.larder.io.kafka.connect;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumJson;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.Decoded;
import dev.larder.io.kafka.debezium.LogSource;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * From a real MySQL by a real connector, as Larder renders and seeds it: exactly the changes behind
 * the recorded position arrive, and the values that connectors like to lose are not lost.
 */
public class ConnectorIT {
  private static final TableId HARD = new TableId("pos", "hard");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static Services services;

  @BeforeClass
  public static void startServices() {
    services = Services.in(FOLDER.getRoot().toPath()).withMySql("pos").withConnect().start();
  }

  @AfterClass
  public static void stopServices() {
    services.close();
  }

  @Test
  public void bringsExactlyTheLaterChangesWithoutLosingAValue() throws Exception {
    MySqlServer mySql = services.mySql("pos");
    DebeziumConnector connector =
        DebeziumConnector.of(
                "pos", mySql.host(), mySql.port(), "pos", services.kafka().bootstrapServers())
            .withTables(List.of("hard"))
            .withPassword(
                mySql.cdc().user(), SecretRef.parse("file:" + mySql.cdc().passwordFile()));
    ConnectClient connect = ConnectClient.at(services.connect().restUrl().toString());
    SourceOffset start;
    try (Sql sql = mySql.connect("pos", mySql.app());
        Sql admin = mySql.connect("pos", mySql.admin())) {
      sql.run(
          "CREATE TABLE hard (id BIGINT UNSIGNED PRIMARY KEY, d0 DATETIME, d3 DATETIME(3),"
              + " d6 DATETIME(6), t TIME, t6 TIME(6), ts TIMESTAMP(6) NULL, dec65 DECIMAL(65,30),"
              + " price DECIMAL(10,2), b12 BIT(12), b1 BIT(1), flag TINYINT(1), bin BINARY(4),"
              + " f FLOAT, doc JSON, e ENUM('a','b'), y YEAR, g POINT)",
          "INSERT INTO hard (id) VALUES (1)");
      Map<String, String> status = admin.rows("SHOW MASTER STATUS").get(0);
      start =
          connector.offset(
              status.get("File"),
              Long.parseLong(status.get("Position")),
              status.get("Executed_Gtid_Set"));
    }
    connect.awaitReady(PATIENCE);
    connect.requirePlugin(DebeziumConnector.CLASS);
    connect.createStopped(connector.name(), connector.config());
    connect.await(connector.name(), ConnectorState.STOPPED, PATIENCE);
    connect.seedOffset(connector.name(), start);
    assertThat(connect.offsets(connector.name()), is(List.of(start)));
    connect.resume(connector.name());

    try (Sql sql = mySql.connect("pos", mySql.app())) {
      sql.run(
          "INSERT INTO hard VALUES (18446744073709551615, '2024-03-31 02:30:01',"
              + " '1969-12-31 23:59:59.999', '9999-12-31 23:59:59.999999', '-838:59:59',"
              + " '838:59:58.999999', '2001-09-09 01:46:40.000001',"
              + " -12345678901234567890123456789012345.123456789012345678901234567891,"
              + " -0.10, b'100000000001', b'1', 2, x'0100', 0.333333333,"
              + " '{\"a\": [1, 2.5]}', 'b', 2024, ST_GeomFromText('POINT(1 2)'))",
          "UPDATE hard SET price = 7 WHERE id = 1",
          "UPDATE hard SET id = 2 WHERE id = 1",
          "DELETE FROM hard WHERE id = 2",
          "TRUNCATE TABLE hard");
    }
    connect.await(connector.name(), ConnectorState.RUNNING, PATIENCE);
    List<Decoded> decoded = read(connector.topic("hard"), 6);

    assertThat(decoded.stream().filter(d -> d instanceof Decoded.Failure).toList(), is(empty()));
    List<ChangeRecord> records = new ArrayList<>();
    for (Decoded each : decoded) {
      if (each instanceof Decoded.Change change) {
        records.add(change.record());
      }
    }
    assertThat(
        records.stream().map(r -> r.operation().letter()).collect(Collectors.joining()),
        is("cudcdt"));
    assertThat(expected(records.get(0).after()), is(empty()));
    assertThat(records.get(1).before()[0], is(new BigDecimal(1)));
    assertThat(connect.status(connector.name()).orElseThrow().hasFailed(), is(false));
    await().atMost(PATIENCE).until(ConnectorIT::topics, hasItem("__debezium-heartbeat.pos"));
    connect.delete(connector.name());
    assertThat(connect.connectors(), is(empty()));
  }

  private static List<String> expected(Object[] row) {
    Object[] expected = {
      new BigDecimal("18446744073709551615"),
      1_711_852_201_000_000L,
      -1_000L,
      253_402_300_799_999_999L,
      -3_020_399_000_000L,
      3_020_398_999_999L,
      1_000_000_000_000_001L,
      "-12345678901234567890123456789012345.123456789012345678901234567891",
      new BigDecimal("-0.10"),
      new byte[] {8, 1},
      true,
      2L,
      new byte[] {1, 0, 0, 0},
      0.33333334f,
      "{\"a\":[1,2.5]}",
      "b",
      2024L,
      new byte[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, -16, 63, 0, 0, 0, 0, 0, 0, 0, 64}
    };
    List<String> different = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      if (!Values.same(row[i], expected[i])) {
        different.add(TABLE.columns().column(i) + ": " + row[i] + ", not " + expected[i]);
      }
    }
    return different;
  }

  private static final TableSchema TABLE =
      new TableSchema(
          HARD,
          RowSchema.of(
              Column.required("id", ColumnType.decimal(20, 0)),
              Column.nullable("d0", ColumnType.DATETIME),
              Column.nullable("d3", ColumnType.DATETIME),
              Column.nullable("d6", ColumnType.DATETIME),
              Column.nullable("t", ColumnType.TIME),
              Column.nullable("t6", ColumnType.TIME),
              Column.nullable("ts", ColumnType.TIMESTAMP),
              Column.nullable("dec65", ColumnType.STRING),
              Column.nullable("price", ColumnType.decimal(10, 2)),
              Column.nullable("b12", ColumnType.BINARY),
              Column.nullable("b1", ColumnType.BOOLEAN),
              Column.nullable("flag", ColumnType.INT),
              Column.nullable("bin", ColumnType.BINARY),
              Column.nullable("f", ColumnType.FLOAT),
              Column.nullable("doc", ColumnType.JSON),
              Column.nullable("e", ColumnType.STRING),
              Column.nullable("y", ColumnType.INT),
              Column.nullable("g", ColumnType.BINARY)),
          List.of("id"));

  private static List<Decoded> read(String topic, int changes) {
    DebeziumJson decoder =
        new DebeziumJson(
            new DebeziumFormat(
                List.of(new LogSource("pos", "pos", "pos")),
                SourceCatalog.of(List.of(TABLE)).withDeclaredTypes(HARD, Map.of("b12", "bit(12)")),
                DebeziumModes.larder()));
    List<Decoded> decoded = new ArrayList<>();
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", services.kafka().bootstrapServers());
    config.put("auto.offset.reset", "earliest");
    config.put("isolation.level", "read_committed");
    config.put("group.id", "connector-it");
    config.put("metadata.max.age.ms", 1_000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(200))) {
                  LogPlace place = new LogPlace(r.topic(), r.partition(), r.offset());
                  decoded.add(decoder.decode(place, r.key(), r.value()));
                }
                return decoded.stream().filter(d -> d instanceof Decoded.Change).count() >= changes;
              });
    }
    return decoded;
  }

  private static List<String> topics() {
    KafkaConnection kafka = KafkaConnection.to(services.kafka().bootstrapServers());
    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      return offsets.read(TopicSelection.matching(".*")).end().keySet().stream()
          .map(partition -> partition.topic())
          .distinct()
          .toList();
    }
  }
}
