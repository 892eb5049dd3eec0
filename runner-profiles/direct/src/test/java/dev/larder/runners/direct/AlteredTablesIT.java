package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.TableId;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.testdata.avro.ConnectAvro;
import dev.larder.testdata.avro.RegistryServer;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import dev.larder.transforms.bronze.BronzeRows;
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
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runners.MethodSorters;

/**
 * Real ALTERs of each kind while the log is being read, each batch with events of before and after;
 * dead letters that are put back; a truncate; a changed primary key. All tables share one topic, as
 * ByLogicalTableRouter writes it. One lake, one story.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class AlteredTablesIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final String ITEMS =
      "SELECT i.id, s.name, s.price FROM sat_item s JOIN hub_item i USING (item_hk)"
          + " ORDER BY i.id, s._seq";

  /** An event as a connector with schemas writes it, behind all that the database has written. */
  private static final String ITEM_IN_JSON =
      """
      {"schema":{"type":"struct","name":"pos.pos.items.Envelope","fields":[
        {"field":"before","optional":true,"type":"struct","name":"pos.pos.items.Value","fields":[
          {"field":"id","type":"int32","optional":false},
          {"field":"name","type":"string","optional":true},
          {"field":"price","type":"string","optional":true}]},
        {"field":"after","optional":true,"type":"struct","name":"pos.pos.items.Value","fields":[]},
        {"field":"source","optional":false,"type":"struct","name":"io.debezium.Source","fields":[
          {"field":"name","type":"string"},{"field":"db","type":"string"},
          {"field":"table","type":"string"},{"field":"file","type":"string"},
          {"field":"pos","type":"int64"},{"field":"row","type":"int32"},
          {"field":"ts_us","type":"int64"}]},
        {"field":"op","type":"string"}]},
       "payload":{"before":null,"after":{"id":6,"name":"yeast","price":"0.10"},
        "source":{"name":"pos","db":"pos","table":"items","file":"binlog.000900",
          "pos":42,"row":0,"ts_us":1900000000000000},
        "op":"c"}}
      """;

  private static Services services;
  private static Path lake;
  private static Path model;

  @BeforeClass
  public static void start() throws Exception {
    ChainSandbox.assumeSupported();
    services =
        Services.in(FOLDER.getRoot().toPath())
            .withMySql(MySqlSetup.named("pos").withPulse())
            .withConnect()
            .start();
    lake = Path.of("target", "it", "AlteredTablesIT", "lake").toAbsolutePath();
    Folders.empty(lake.getParent());
    model = lake.resolveSibling("vault.yaml");
    write("evolve");
    run(
        "CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10,2))",
        "CREATE TABLE tools (id INT PRIMARY KEY, size INT, note VARCHAR(20))",
        "CREATE TABLE jobs (worker INT, shop INT, hours INT, PRIMARY KEY (worker, shop))",
        "INSERT INTO items VALUES (1, 'dough', 1.50), (2, 'salt', 0.80)",
        "INSERT INTO tools VALUES (1, 10, 'oven')",
        "INSERT INTO jobs VALUES (7, 1, 38)");
    larder("snapshot", options()).succeeded();
    stream().succeeded();
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
  }

  private static void write(String policy) throws Exception {
    Files.writeString(
        model,
        """
        vault: altered
        sources:
          pos: {database: pos, record_source: POS, topic: everything}
        hubs:
          item: {key: [id]}
          tool: {key: [id]}
          worker: {key: [id]}
          shop: {key: [id]}
        links:
          worker_shop: {hubs: [worker, shop], driving: worker}
        tables:
          pos.items:
            on_alter: %s
            item: {id: id}
            satellites:
              item: {of: item, columns: [name, price]}
          pos.tools:
            on_alter: lenient
            tool: {id: id}
            satellites:
              tool: {of: tool, columns: [size, note]}
          pos.jobs:
            worker: {id: worker}
            shop: {id: shop}
            links: [worker_shop]
            satellites:
              worker_shop_eff: {of: worker_shop, kind: effectivity}
        """
            .formatted(policy));
  }

  private static List<String> options() {
    MySqlServer pos = services.mySql("pos");
    return List.of(
        "--model=" + model,
        "--lake=" + lake,
        "--source=pos=" + pos.sourceUrl("pos", pos.cdc()),
        "--bootstrapServers=" + services.kafka().bootstrapServers(),
        "--connect=" + services.connect().restUrl());
  }

  private static Command stream(String... more) {
    return larder("stream", options(), List.of(more));
  }

  private static Command replay(String... more) {
    return larder("replay", options().subList(0, 3), List.of(more));
  }

  private static void run(String... statements) throws Exception {
    try (Sql sql = services.mySql("pos").connect("pos", services.mySql("pos").app())) {
      sql.run(statements);
    }
  }

  private static List<String> bronze(String table, String column) {
    List<String> values = new ArrayList<>();
    DeltaSnapshot stored =
        DeltaTable.of(lake.toString(), BronzeRows.table(new TableId("pos", table))).latest();
    int after = stored.schema().position("after");
    int field = stored.schema().column(after).type().fields().position(column);
    try (RowIterator rows = stored.rows()) {
      while (rows.hasNext()) {
        Object[] image = (Object[]) rows.next()[after];
        if (image != null && image[field] != null) {
          values.add(String.valueOf(image[field]));
        }
      }
    }
    values.sort(null);
    return values;
  }

  @Test
  public void t1_newAndWiderColumnsAreTakenOverAndNoOtherRowHasANewVersion() throws Exception {
    run(
        "INSERT INTO items VALUES (3, 'oil', 7.00)",
        "ALTER TABLE items ADD colour VARCHAR(10) NOT NULL DEFAULT 'white' AFTER id",
        "UPDATE items SET colour = 'red' WHERE id = 1",
        "ALTER TABLE items MODIFY price DECIMAL(14,2), MODIFY name VARCHAR(200)",
        "UPDATE items SET price = 999999999999.99 WHERE id = 2",
        "UPDATE items SET colour = 'green' WHERE id = 3");

    String plan = larder("plan", options().subList(0, 3)).succeeded().said();
    assertThat(plan, containsString("Altered: pos.items (on_alter: evolve)"));
    assertThat(
        plan,
        containsString("column price was decimal(10,2), is decimal(14,2): widened; stored hashes"));
    assertThat(plan, containsString("new column colour string"));
    stream().succeeded();

    assertThat(
        Asked.lake(lake, ITEMS),
        is("[1, dough, 1.50]\n[2, salt, 0.80]\n[2, salt, 999999999999.99]\n[3, oil, 7.00]"));
    assertThat(bronze("items", "colour"), is(List.of("green", "red", "white")));
    assertThat(DeltaTable.of(lake.toString(), DeadLetter.TABLE).exists(), is(false));
  }

  @Test
  public void t2_columnsThatAreDroppedRenamedOrRetypedStayWhereThePolicyIsLenient()
      throws Exception {
    run(
        "INSERT INTO tools VALUES (2, 20, 'mixer')",
        "ALTER TABLE tools DROP note",
        "INSERT INTO tools VALUES (3, 30)",
        "ALTER TABLE tools RENAME COLUMN size TO width",
        "INSERT INTO tools VALUES (4, 40)",
        "ALTER TABLE tools ADD weight INT",
        "INSERT INTO tools VALUES (5, 50, 9)");

    assertThat(
        larder("plan", options().subList(0, 3)).succeeded().said(),
        containsString(
            "column size is gone; width is new and of the same type: was it renamed?: stays, NULL in"
                + " new rows"));
    stream().succeeded();

    assertThat(
        Asked.lake(
            lake,
            "SELECT t.id, s.size, s.note FROM sat_tool s JOIN hub_tool t USING (tool_hk) ORDER BY"
                + " t.id"),
        is("[1, 10, oven]\n[2, 20, mixer]\n[3, 30, null]\n[4, null, null]\n[5, null, null]"));
    assertThat(bronze("tools", "width"), is(List.of("40", "50")));
    assertThat(bronze("tools", "weight"), is(List.of("9")));
    assertThat(DeltaTable.of(lake.toString(), DeadLetter.TABLE).exists(), is(false));
  }

  @Test
  public void t3_anotherTypeStopsTheStreamUntilThePolicySaysOtherwise() throws Exception {
    run(
        "INSERT INTO items VALUES (4, 'white', 'basil', 2.00)",
        "ALTER TABLE items MODIFY price VARCHAR(20)",
        "UPDATE items SET price = '2.50' WHERE id = 4",
        "INSERT INTO items VALUES (5, 'white', 'flour', 'cheap')",
        "UPDATE items SET price = '3.10' WHERE id = 1");

    Command stopped = stream();
    assertThat(stopped.said(), stopped.code(), is(2));
    assertThat(
        stopped.reason(),
        containsString(
            "pos.items (evolve): column price was decimal(14,2), is string, which may give its"
                + " values another form"));
    write("lenient");
    stream().succeeded();

    assertThat(
        Asked.lake(lake, ITEMS),
        is(
            "[1, dough, 1.50]\n[1, dough, 3.10]\n[2, salt, 0.80]\n[2, salt, 999999999999.99]\n"
                + "[3, oil, 7.00]\n[4, basil, 2.00]\n[4, basil, 2.50]"));
  }

  @Test
  public void t4_aDeadLetterIsPutBackOnceInItsPlace() throws Exception {
    write("lenient");
    Object[] letter = letters().get(0);
    assertThat(letters().size(), is(1));
    assertThat(
        String.valueOf(letter[6]),
        containsString("The event of pos.items has in column \"price\" text where"));
    run("UPDATE items SET price = '0.90', name = 'flour 00' WHERE id = 5");
    stream();

    Command first = replay();
    assertThat(first.said(), first.code(), is(5));
    assertThat(first.said(), containsString("Replay 1: "));
    assertThat(first.reason(), containsString("dead letters are left"));
    Path mended = lake.resolveSibling("mended.jsonl");
    List<String> lines = new ArrayList<>();
    for (Object[] each : letters()) {
      String value = new String((byte[]) each[8], StandardCharsets.UTF_8);
      lines.add(
          "{\"topic\": \"%s\", \"partition\": %s, \"offset\": %s, \"value\": %s}"
              .formatted(each[2], each[3], each[4], value.replace("\"cheap\"", "\"0.70\"")));
    }
    Files.write(mended, lines);
    Command second = replay("--mended=" + mended).succeeded();
    assertThat(second.said(), containsString("No dead letter is left."));
    assertThat(replay().succeeded().said(), containsString("No dead letter is left."));

    assertThat(
        Asked.lake(lake, ITEMS.replace("ORDER BY", "WHERE i.id = '5' ORDER BY")),
        is("[5, flour, 0.70]\n[5, flour 00, 0.90]"));
    assertThat(
        bronze("items", "name").stream().filter(name -> name.startsWith("flour")).toList(),
        is(List.of("flour", "flour 00")));
  }

  private static List<Object[]> letters() {
    List<Object[]> letters = new ArrayList<>();
    try (RowIterator rows = DeltaTable.of(lake.toString(), DeadLetter.TABLE).latest().rows()) {
      rows.forEachRemaining(letters::add);
    }
    return letters;
  }

  /**
   * The converter writes Avro now, and the stream was not told: the cause is mended, not the
   * record.
   */
  @Test
  public void t5_aLetterWhoseCauseIsGoneIsPutBackAsItIs() throws Exception {
    ConnectAvro converter = new ConnectAvro();
    try (RegistryServer registry = RegistryServer.of(converter);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", services.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      send(producer, converter, ITEM_IN_JSON);
      stream().succeeded();
      assertThat(replay().code(), is(5));
      assertThat(
          replay("--schemaRegistry=" + registry.url()).succeeded().said(),
          containsString("1 dead letters, 1 put back, 0 refused again"));
      send(
          producer,
          converter,
          ITEM_IN_JSON.replace("\"id\":6", "\"id\":8").replace("\"pos\":42", "\"pos\":43"));
      stream("--schemaRegistry=" + registry.url()).succeeded();
    }

    assertThat(
        Asked.lake(lake, ITEMS.replace("ORDER BY", "WHERE i.id IN ('6', '8') ORDER BY")),
        is("[6, yeast, 0.10]\n[8, yeast, 0.10]"));
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ConnectAvro converter, String event)
      throws Exception {
    byte[] value = converter.message(event.getBytes(StandardCharsets.UTF_8));
    producer.send(new ProducerRecord<>("everything", value)).get();
  }

  @Test
  public void t6_aChangedPrimaryKeyIsOneMove() throws Exception {
    run("UPDATE jobs SET shop = 2 WHERE worker = 7");
    stream().succeeded();

    assertThat(
        Asked.lake(
            lake,
            "SELECT h.id, CASE WHEN year(\"EffectiveTo\") = 9999 THEN 'opens' ELSE 'ends' END"
                + " FROM sat_worker_shop_eff JOIN hub_shop h USING (shop_hk) ORDER BY"
                + " sat_worker_shop_eff._seq"),
        is("[1, opens]\n[1, ends]\n[2, opens]"));
  }

  @Test
  public void t7_aTruncateClosesEveryLiveKey() throws Exception {
    run("TRUNCATE TABLE tools");
    stream().succeeded();

    assertThat(
        Asked.lake(
            lake,
            "SELECT last, count(*) FROM (SELECT tool_hk, arg_max(status, _seq) AS last FROM"
                + " sts_tool_pos_tools GROUP BY tool_hk) GROUP BY last"),
        is("[D, 5]"));
  }
}
