package dev.larder.runners.direct;

import static dev.larder.runners.direct.ChainSandbox.lake;
import static dev.larder.runners.direct.Command.larder;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.ClassRule;
import org.junit.Test;

/** What a user is told who gives something wrong: the whole message and the exit code. */
public class MistakesIT {
  @ClassRule
  public static final ChainSandbox CHAIN =
      ChainSandbox.of(MistakesIT.class)
          .withConnect()
          .with(
              services ->
                  services.withMySql(
                      MySqlSetup.named("old").withFlag("--binlog-format=STATEMENT")));

  private static final byte[] GARBAGE = {'{', (byte) 0xff, 0};
  private static final String LINE_END = System.lineSeparator();

  @Test
  public void unknownColumnInTheModel() throws IOException {
    List<String> model = model("unknown-column", "city, timezone", "citty, timezone");
    Path lake = CHAIN.path("unknown-column/lake");

    List<Command> all =
        List.of(
            larder("validate", model, databases()),
            larder("plan", model, databases()),
            larder("snapshot", model, databases(), CHAIN.kafka(), lake(lake)));

    for (Command command : all) {
      assertThat(
          command.reason(),
          is(
              "vault.yaml:29 tables.pos.pizzerias.satellites.pizzeria_pos.columns[1]: table"
                  + " pos.pizzerias has no column \"citty\". Known: id, country_code, unit_code,"
                  + " name, city, timezone, opened_on, updated_at. Did you mean \"city\"?"));
      assertThat(command.code(), is(2));
    }
    assertThat(DeltaTables.names(lake.toString()), is(empty()));
  }

  @Test
  public void tableWithoutPrimaryKey() throws Exception {
    run("pos", "CREATE TABLE complaints (country CHAR(2), unit CHAR(5), words TEXT)");
    List<String> model =
        model(
            "no-key",
            "  erp.units:",
            "  pos.complaints:\n    pizzeria: {country: country, code: unit}\n\n  erp.units:");
    Path lake = CHAIN.path("no-key/lake");

    List<Command> all =
        List.of(
            larder("validate", model, databases()),
            larder("plan", model, databases()),
            larder("snapshot", model, databases(), CHAIN.kafka(), lake(lake)));

    for (Command command : all) {
      assertThat(
          command.reason(),
          is(
              "vault.yaml:57 tables.pos.complaints: table pos.complaints has no primary key, so its"
                  + " rows cannot be told apart. Give it one, or name the columns that identify a"
                  + " row: key: [COLUMN, ...]."));
      assertThat(command.code(), is(2));
    }
  }

  @Test
  public void databaseThatDoesNotAnswer() throws IOException {
    int port = freePort();
    MySqlServer pos = CHAIN.services().mySql("pos");
    List<String> sources =
        List.of(
            "--model=" + CHAIN.model(),
            "--source=pos=mysql://cdc@127.0.0.1:%d/pos?password=file:%s"
                .formatted(port, pos.cdc().passwordFile()),
            CHAIN.source("erp"));

    Command snapshot = larder("snapshot", sources, CHAIN.kafka(), lake(CHAIN.path("no-database")));

    assertThat(
        snapshot.reason(),
        is(
            String.format(
                "Source pos: cannot connect to MySQL at 127.0.0.1:%d, database pos, as user cdc:"
                    + " Socket fail to connect to 127.0.0.1:%1$d. Connection refused. Check that the"
                    + " server runs, that host and port are right, and that this machine may reach"
                    + " it (network, firewall, bind-address).",
                port)));
    assertThat(snapshot.code(), is(3));
  }

  @Test
  public void binlogOfStatements() throws SQLException {
    run("old", "CREATE TABLE things (id INT PRIMARY KEY)");

    Command doctor = larder("doctor", List.of(CHAIN.source("old")));

    assertThat(
        doctor.said(),
        containsString(
            "\nERROR   source old: binlog_format: is STATEMENT: the log holds statements instead of"
                + " the rows they changed. Run: SET PERSIST binlog_format = 'ROW'; It holds for"
                + " connections made after it: restart the applications that write, or the"
                + " server.\n"));
    assertThat(doctor.reason(), is("1 thing must change before Larder can work."));
    assertThat(doctor.code(), is(3));
  }

  /** Below a regular file nobody may write, not even root. */
  @Test
  public void lakeThatCannotBeWrittenTo() throws IOException {
    Path file = Files.createFile(CHAIN.path("a-file"));
    Path lake = file.resolve("lake");
    List<String> model = List.of("--model=" + CHAIN.model());

    List<Command> all =
        List.of(
            larder("snapshot", CHAIN.sources(), CHAIN.kafka(), lake(lake)),
            larder("stream", CHAIN.sources(), CHAIN.kafka(), lake(lake)),
            larder("backfill", model, lake(lake)),
            larder("mart", model, lake(lake)),
            larder("forecast", lake(lake)));

    String reason =
        String.format(
            "--lake=%s cannot be written to: Parent path is not a directory: %s. Give a folder that"
                + " the user who runs Larder may write to.",
            lake, file);
    for (Command command : all) {
      assertThat(command.said(), is("larder " + command.verb() + ": " + reason + LINE_END));
      assertThat(command.code(), is(4));
    }
    Command doctor = larder("doctor", lake(lake));
    assertThat(doctor.said(), startsWith("ERROR   lake: " + reason + LINE_END));
    assertThat(doctor.code(), is(4));
  }

  @Test
  public void kafkaThatDoesNotAnswer() throws IOException {
    String kafka = "127.0.0.1:" + freePort();

    Command stream =
        larder(
            "stream",
            CHAIN.sources(),
            lake(CHAIN.path("no-kafka")),
            List.of("--bootstrapServers=" + kafka));

    assertThat(
        stream.reason(),
        is(
            "Kafka at "
                + kafka
                + " did not answer within 8 s (asking for the topics). Check that the brokers run,"
                + " that this machine may reach them, and that the addresses they advertise"
                + " (advertised.listeners) are reachable from here too."));
    assertThat(stream.code(), is(3));
  }

  @Test
  public void eventThatCannotBeDecodedIsKeptAndTheStreamGoesOn() throws Exception {
    Path lake = CHAIN.path("garbage");
    larder("snapshot", CHAIN.sources(), CHAIN.kafka(), lake(lake)).succeeded();
    RecordMetadata first = produce("pos.pos.products");
    run("pos", "UPDATE products SET name = 'After the garbage' WHERE product_id = 1");

    Command stream = larder("stream", CHAIN.sources(), CHAIN.kafka(), lake(lake)).succeeded();

    assertThat(
        stream.said(),
        containsString(
            "\n1 record could not be decoded or loaded: see the table ops/dead_letters for bytes,"
                + " place and reason.\n"));
    larder("verify", CHAIN.sources(), lake(lake)).succeeded();
    assertThat(letters(lake), contains(letter(first)));

    RecordMetadata second = produce("pos.pos.products");
    Command strict =
        larder("stream", CHAIN.sources(), CHAIN.kafka(), lake(lake), List.of("--maxDeadLetters=0"));

    assertThat(
        strict.reason(),
        is(
            "1 dead letter, more than --maxDeadLetters=0. The table ops/dead_letters has them with"
                + " their reasons. Mend the cause or raise the limit, then start the stream again;"
                + " it goes on behind this batch."));
    assertThat(strict.code(), is(5));
    assertThat(letters(lake), containsInAnyOrder(letter(first), letter(second)));
    larder("stream", CHAIN.sources(), CHAIN.kafka(), lake(lake), List.of("--maxDeadLetters=0"))
        .succeeded();
  }

  /** Puts bytes into a topic that are no event. */
  private static RecordMetadata produce(String topic) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", CHAIN.services().kafka().bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return producer.send(new ProducerRecord<>(topic, GARBAGE)).get();
    }
  }

  private static String letter(RecordMetadata record) {
    return String.format(
        "pos null %s %d %d decode The value is not a JSON document: it breaks at byte 2. Larder reads"
            + " what Kafka Connect's JsonConverter writes; look at the connector's value.converter"
            + " and at who else writes to the topic. %s",
        record.topic(), record.partition(), record.offset(), Arrays.toString(GARBAGE));
  }

  private static List<String> letters(Path lake) {
    List<String> letters = new ArrayList<>();
    try (RowIterator rows =
        DeltaTable.of(lake.toString(), DeadLetter.TABLE)
            .latest()
            .rows(
                List.of(
                    "source",
                    "table_name",
                    "topic",
                    "partition",
                    "offset",
                    "step",
                    "reason",
                    "value"))) {
      rows.forEachRemaining(
          row -> {
            row[7] = Arrays.toString((byte[]) row[7]);
            letters.add(Arrays.stream(row).map(String::valueOf).collect(joining(" ")));
          });
    }
    return letters;
  }

  private static void run(String database, String statement) throws SQLException {
    MySqlServer server = CHAIN.services().mySql(database);
    try (Sql sql = server.connect(database, server.app())) {
      sql.run(statement);
    }
  }

  private static List<String> databases() {
    return List.of(CHAIN.source("pos"), CHAIN.source("erp"));
  }

  /** The chain's model with one mistake. */
  private static List<String> model(String name, String right, String wrong) throws IOException {
    String text = Files.readString(CHAIN.model());
    assertThat(text.contains(right), is(true));
    Path model = CHAIN.path(name + "/vault.yaml");
    Files.createDirectories(model.getParent());
    return List.of("--model=" + Files.writeString(model, text.replace(right, wrong)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
