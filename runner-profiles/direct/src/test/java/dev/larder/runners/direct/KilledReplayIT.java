package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Broken and late events of a stream, put back by a replay that is killed after its first commit,
 * run again, and killed after its next one: the lake is the one of an undisturbed replay.
 */
public class KilledReplayIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final int ITEMS = 20;
  private static final int MAX_REPLAYS = 10;
  private static final String TOPIC = "pos.pos.items";
  private static final String MODEL =
      """
      vault: shop
      sources:
        pos: {database: pos, record_source: POS}
      hubs:
        item: {key: id}
      tables:
        pos.items:
          item: id
          satellites:
            item_pos: {of: item, columns: [name, price]}
            item_checked: {of: item, columns: [name, price], late: quarantine}
          history:
            item_history: {load: scd2, key: {Id: id}, columns: [name, price]}
      """;

  private static Services services;
  private static Path lake;
  private static Path model;
  private static int offsets;

  @BeforeClass
  public static void streamBrokenAndLateEvents() throws Exception {
    ChainSandbox.assumeSupported();
    services = Services.in(FOLDER.getRoot().toPath()).withMySql("pos").withKafka().start();
    Path folder = Path.of("target", "it", "KilledReplayIT").toAbsolutePath();
    Folders.empty(folder);
    lake = folder.resolve("lake");
    model = Files.writeString(folder.resolve("vault.yaml"), MODEL);
    MySqlServer pos = services.mySql("pos");
    try (Sql sql = pos.connect("pos", pos.admin())) {
      sql.run("CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10,2))");
    }
    larder("snapshot", options()).succeeded();
    send();
    larder("stream", options(), List.of("--maxDeadLetters=1000")).succeeded();
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
  }

  private static List<String> options() {
    List<String> options = new ArrayList<>(replay(lake));
    options.add("--bootstrapServers=" + services.kafka().bootstrapServers());
    return options;
  }

  private static List<String> replay(Path lake) {
    MySqlServer pos = services.mySql("pos");
    return List.of(
        "--model=" + model, "--lake=" + lake, "--source=pos=" + pos.sourceUrl("pos", pos.cdc()));
  }

  /** Of each item a creation, every other one broken, two changes, and one that comes late. */
  private static void send() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", services.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int id = 1; id <= ITEMS; id++) {
        send(producer, id, 1_000 + id, "new", id % 2 == 0 ? "1.00" : "cheap");
        send(producer, id, 3_000 + id, "known", "3.00");
        send(producer, id, 2_000 + id, "late", "2.00");
        send(producer, id, 4_000 + id, "old", "4.00");
      }
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, int id, int place, String name, String price)
      throws Exception {
    String event =
        """
        {"before": null, "after": {"id": %1$d, "name": "%2$s", "price": "%3$s"}, "op": "c",
         "source": {"name": "pos", "db": "pos", "table": "items", "file": "binlog.000900",
                    "pos": %4$d, "row": 0, "ts_us": 190000000000%4$d, "snapshot": "false"}}
        """
            .formatted(id, name, price, place);
    producer
        .send(
            new ProducerRecord<>(
                TOPIC,
                0,
                ("{\"id\": " + id + "}").getBytes(StandardCharsets.UTF_8),
                event.getBytes(StandardCharsets.UTF_8)))
        .get();
    offsets++;
  }

  private static Path mended() throws Exception {
    List<String> lines = new ArrayList<>();
    try (RowIterator rows = DeltaTable.of(lake.toString(), DeadLetter.TABLE).latest().rows()) {
      rows.forEachRemaining(
          row -> {
            if (row[5].equals("decode")) {
              String value = new String((byte[]) row[8], StandardCharsets.UTF_8);
              lines.add(
                  "{\"topic\": \"%s\", \"partition\": %s, \"offset\": %s, \"value\": %s}"
                      .formatted(
                          row[2],
                          row[3],
                          row[4],
                          value.replace("\"cheap\"", "\"0.50\"").replaceAll("\\s+", " ")));
            }
          });
    }
    return Files.write(lake.resolveSibling("mended.jsonl"), lines);
  }

  /** How many commits bronze and the vault have. */
  private static long commits() {
    return DeltaTables.names(lake.toString()).stream()
        .filter(name -> !name.startsWith("ops/"))
        .mapToLong(name -> DeltaTable.of(lake.toString(), name).latest().version())
        .sum();
  }

  private static long count(Path of, String table) {
    long[] count = new long[1];
    try (RowIterator rows = DeltaTable.of(of.toString(), table).latest().rows()) {
      rows.forEachRemaining(row -> count[0]++);
    }
    return count[0];
  }

  /** A replay that had ended by then is no kill: it is done again, from the lake before it. */
  private static void killAfterACommit(int number, List<String> options) throws Exception {
    Path before = lake.resolveSibling("before-" + number);
    Folders.copy(lake, before);
    for (int i = 0; !isKilledAfterACommit(number, options); i++) {
      assertThat("replays that ended before they were killed", i, is(lessThan(MAX_REPLAYS)));
      Folders.empty(lake);
      Files.delete(lake);
      Folders.copy(before, lake);
    }
  }

  private static boolean isKilledAfterACommit(int number, List<String> options) throws Exception {
    long before = commits();
    try (LarderProcess replay =
        LarderProcess.start(lake.resolveSibling("replay-" + number + ".log"), "replay", options)) {
      boolean runs = replay.awaitOrEnd("a commit", () -> commits() > before);
      replay.kill();
      assertThat(replay.said(), commits(), is(greaterThan(before)));
      return runs;
    }
  }

  @Test
  public void nothingIsDoubledOrLost() throws Exception {
    assertThat(count(lake, DeadLetter.TABLE), is(ITEMS + ITEMS / 2L));
    assertThat(
        Asked.lake(lake, "SELECT s.name, count(*) FROM sat_item_checked s GROUP BY 1 ORDER BY 1"),
        is("[known, 20]\n[new, 10]\n[old, 20]"));
    Path undisturbed = lake.resolveSibling("undisturbed");
    Folders.copy(lake, undisturbed);
    List<String> mended = List.of("--mended=" + mended(), "--maxLetters=1000");
    larder("replay", replay(undisturbed), mended).succeeded();
    List<String> options = new ArrayList<>(replay(lake));
    options.addAll(mended);

    killAfterACommit(1, options);
    killAfterACommit(2, options);
    Command last = larder("replay", options);

    assertThat(last.succeeded().said(), containsString("No dead letter is left."));
    assertThat(
        LakeDifference.between(lake, undisturbed, ModelFile.at(model.toString()).model()),
        is(empty()));
    assertThat(count(lake, "bronze/pos/items"), is((long) offsets));
    assertThat(count(lake, DeadLetter.OUTCOMES), is(ITEMS + ITEMS / 2L));
    assertThat(
        Asked.lake(
            lake,
            "SELECT s.name, s.price, count(*) FROM sat_item_checked s GROUP BY 1, 2 ORDER BY 2"),
        is(
            "[new, 0.50, 10]\n"
                + "[new, 1.00, 10]\n"
                + "[late, 2.00, 20]\n"
                + "[known, 3.00, 20]\n"
                + "[old, 4.00, 20]"));
  }
}
