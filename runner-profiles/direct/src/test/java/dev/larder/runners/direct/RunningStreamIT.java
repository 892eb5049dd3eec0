package dev.larder.runners.direct;

import static dev.larder.runners.direct.ChainSandbox.lake;
import static dev.larder.runners.direct.Command.larder;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/**
 * A stream in operation, one story: it runs, is looked at, is told to end, falls far behind,
 * catches up, and loses records.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class RunningStreamIT {
  @ClassRule
  public static final ChainSandbox CHAIN = ChainSandbox.of(RunningStreamIT.class).withConnect();

  private static final Pattern ADDRESS = Pattern.compile("Metrics: (http://localhost:\\d+)/");
  private static final TopicPartition PRODUCTS = new TopicPartition("pos.pos.products", 0);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SIGTERM = 143;
  private static final int SMALL_BATCH = 400;
  private static final int OF_ONE_PARTITION = 250;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path lake;

  @BeforeClass
  public static void snapshot() {
    lake = CHAIN.path("lake");
    larder("snapshot", CHAIN.sources(), lake(lake), CHAIN.kafka()).succeeded();
  }

  @Test
  public void aSaysHowItIsAndEndsInOrderWhenTold() throws Exception {
    Path log = CHAIN.path("stream.log");
    List<String> options = new ArrayList<>(CHAIN.sources());
    options.addAll(lake(lake));
    options.addAll(CHAIN.kafka());
    options.addAll(List.of("--trigger=CONTINUOUS", "--metricsPort=0"));
    try (LarderProcess stream = LarderProcess.stream(log, options)) {
      stream.await("the hand-over", () -> done(Ledger.HAND_OVER) == 1);
      long before = done(Ledger.STREAM);
      reprice(3);
      stream.await("a batch", () -> done(Ledger.STREAM) > before);

      JsonNode status = status();
      assertThat(status.path("records").asLong(), is(greaterThan(0L)));
      assertThat(status.path("last_batch").path("seconds").asDouble(), is(greaterThan(0.0)));
      assertThat(status.path("waiting_snapshots").size(), is(0));
      Matcher address = ADDRESS.matcher(stream.said());
      assertThat(stream.said(), address.find(), is(true));
      HttpResponse<String> health = get(address.group(1) + "/health");
      assertThat(health.body(), health.statusCode(), is(200));
      // Topics are counted when a round is over, after the ledger has its batch.
      await()
          .atMost(PATIENCE)
          .until(
              () -> get(address.group(1) + "/metrics").body(),
              allOf(
                  containsString("topic=\"pos.pos.products\",partition=\"0\"} "),
                  containsString("larder_connector_up{connector=\"larder-pos\"} 1\n")));

      reprice(3);
      assertThat(stream.stop(), is(SIGTERM));
    }
    assertThat(Ledger.open(lake.toString()).unfinished(Ledger.STREAM).isEmpty(), is(true));
    JsonNode report = lastReport();
    assertThat(report.path("exit_code").asInt(-1), is(0));
    assertThat(report.path("batches").size(), is((int) done(Ledger.STREAM)));
  }

  @Test
  public void bCatchesUpInBatchesOfTheGivenSizeFromFarBehind() throws Exception {
    long first = done(Ledger.STREAM) + 1;
    awaitInTopic(end() + reprice(10));
    Command status = larder("stream", List.of("--status"), model(), lake(lake), CHAIN.kafka());
    assertThat(status.succeeded().said(), containsString("pos.pos.products"));
    assertThat(status().path("lag_records").asLong(), is(greaterThan((long) SMALL_BATCH)));
    assertThat(status().path("lag_seconds").asDouble(-1), is(greaterThan(0.0)));

    stream("--maxOffsetsPerBatch=" + SMALL_BATCH, "--maxOffsetsPerPartition=" + OF_ONE_PARTITION)
        .succeeded();

    assertThat(status().path("lag_records").asLong(), is(0L));
    Ledger ledger = Ledger.open(lake.toString());
    assertThat(done(Ledger.STREAM) - first, is(greaterThan(3L)));
    for (LedgerEntry batch : ledger.entries(Ledger.STREAM)) {
      if (batch.state() == State.DONE && batch.number() >= first) {
        long records = JSON.readTree(batch.body()).path("records").asLong();
        assertThat(records, is(lessThanOrEqualTo((long) OF_ONE_PARTITION)));
      }
    }
    larder("verify", CHAIN.sources(), lake(lake)).succeeded();
  }

  @Test
  public void cSkipsNothingThatIsGoneAndSaysHowToGoOn() throws Exception {
    long position = end();
    awaitInTopic(position + reprice(1));
    long end = end();
    try (Admin admin = admin()) {
      admin.deleteRecords(Map.of(PRODUCTS, RecordsToDelete.beforeOffset(end - 1))).all().get();
    }

    Command refused = stream();

    assertThat(refused.code(), is(3));
    assertThat(
        refused.reason(),
        containsString(
            String.format(
                "pos.pos.products/0: offsets %d to %d (%,d) were deleted; the earliest that is left"
                    + " is %d",
                position, end - 2, end - 1 - position, end - 1)));
    assertThat(refused.reason(), containsString("larder snapshot --tables=pos.products --model="));
    assertThat(larder("verify", CHAIN.sources(), lake(lake)).code(), is(5));

    larder("snapshot", CHAIN.sources(), lake(lake), CHAIN.kafka(), List.of("--tables=pos.products"))
        .succeeded();
    stream("--acceptLostOffsets=pos.pos.products").succeeded();
    larder("verify", CHAIN.sources(), lake(lake)).succeeded();
    stream("--startingPosition=ledger").succeeded();
  }

  @Test
  public void dConnectorsAreLookedAtPausedAndRemoved() throws Exception {
    String password = CHAIN.services().mySql("pos").cdc().password();
    awaitStatus("larder-pos: RUNNING, tasks [0: RUNNING]");

    String well = larder("doctor", CHAIN.sources(), CHAIN.kafka()).succeeded().said();
    assertThat(well, containsString("OK      Connect: "));
    assertThat(
        well, containsString("OK      connector larder-pos: is RUNNING, tasks [0: RUNNING]"));
    assertThat(well, containsString("topics of the model's tables keep what they hold"));
    String rendered = connectors("RENDER");
    assertThat(JSON.readTree(rendered).size(), is(2));
    assertThat(rendered, not(containsString(password)));
    assertThat(rendered, containsString("\"snapshot.mode\" : \"recovery\""));

    assertThat(connectors("UPDATE"), containsString("larder-pos: as it should be"));
    connectors("PAUSE");
    awaitStatus("larder-pos: PAUSED");
    connectors("RESUME");
    awaitStatus("larder-pos: RUNNING, tasks [0: RUNNING]");
    assertThat(connectors("REMOVE"), containsString("larder-pos is removed"));
    // The worker takes the state away with the next assignment of its work.
    awaitStatus("larder-pos: there is none");
    assertThat(
        larder("doctor", CHAIN.sources(), CHAIN.kafka()).succeeded().said(),
        containsString(
            "connector larder-pos: is not there yet; the worker would take it, exactly once"));
  }

  private static String connectors(String action) {
    return larder("connectors", CHAIN.sources(), CHAIN.kafka(), List.of("--action=" + action))
        .succeeded()
        .said();
  }

  private static void awaitStatus(String status) {
    await().atMost(PATIENCE).until(() -> connectors("STATUS").contains(status));
  }

  private static Command stream(String... options) {
    return larder("stream", CHAIN.sources(), lake(lake), CHAIN.kafka(), List.of(options));
  }

  private static JsonNode status() throws IOException {
    Command status =
        larder("stream", List.of("--status", "--output=JSON"), model(), lake(lake), CHAIN.kafka())
            .succeeded();
    return JSON.readTree(status.said());
  }

  private static List<String> model() {
    return List.of("--model=" + CHAIN.model());
  }

  private static long done(String run) {
    return Ledger.open(lake.toString()).last(run, State.DONE);
  }

  /** Changes the price of every product so many times; returns how many changes that are. */
  private static long reprice(int times) throws Exception {
    MySqlServer server = CHAIN.services().mySql("pos");
    try (Sql sql = server.connect("pos", server.app())) {
      for (int i = 0; i < times; i++) {
        sql.run("UPDATE products SET price = price + 0.01");
      }
      return times * Long.parseLong(sql.value("SELECT COUNT(*) FROM products"));
    }
  }

  /** Waits until the records of these changes, and the end of their transaction, are there. */
  private static void awaitInTopic(long records) {
    await().atMost(PATIENCE).until(() -> end() > records);
  }

  private static long end() throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin.listOffsets(Map.of(PRODUCTS, OffsetSpec.latest())).all().get();
      return ends.get(PRODUCTS).offset();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", CHAIN.services().kafka().bootstrapServers()));
  }

  private static JsonNode lastReport() throws IOException {
    try (Stream<Path> files = Files.list(lake.resolve("ops/runs"))) {
      Path last =
          files
              .filter(f -> f.toString().endsWith("-stream.json"))
              .sorted()
              .reduce((a, b) -> b)
              .get();
      return JSON.readTree(last.toFile());
    }
  }

  private static HttpResponse<String> get(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }
}
