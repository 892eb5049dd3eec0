package dev.larder.runners.spark;

import static dev.larder.runners.spark.ChainSandbox.DIRECT;
import static dev.larder.runners.spark.ChainSandbox.SPARK;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assume.assumeNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.Sources;
import dev.larder.runners.spark.ChainSandbox.Outcome;
import dev.larder.testdata.chain.ChainSettings;
import dev.larder.testdata.chain.LiveSummary;
import dev.larder.transforms.model.VaultModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Two lakes of one chain: both begin with a snapshot that SparkRunner read while the chain was at
 * work, then one streams on SparkRunner and one on DirectRunner from the same topics, cut into
 * other batches.
 */
public class SameVaultSparkIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final String ON_SPARK = "spark";
  private static final String ON_DIRECT = "direct";
  private static final String CATALOGUE = "catalogue";
  private static final int SIGTERM = 143;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ChainSandbox chain;
  private static VaultModel model;
  private static Outcome firstStream;
  private static Outcome terminated;
  private static boolean unfinished;

  @BeforeClass
  public static void loadBothLakes() throws Exception {
    try {
      chain =
          ChainSandbox.start(
              FOLDER.getRoot().toPath(),
              ChainSettings.endingOn(LocalDate.of(2026, 11, 20))
                  .withPizzerias(2)
                  .withDays(8)
                  .withOrdersPerDay(15));
    } catch (UserException e) {
      assumeNoException("the sandbox's servers do not run here", e);
    }
    model = ModelFile.at(chain.model().toString()).model();
    String asItWas = Sources.of(model, chain.sources()).eventCatalogue().toJson();

    snapshotOfAChainAtWork();
    chain.copy(ON_SPARK, ON_DIRECT);
    chain.traffic().run(60);
    done(chain.larder("stream", DIRECT, ON_DIRECT));
    planFirstBatchOnSparkWith(asItWas);
    firstStream = done(chain.larder("stream", SPARK, ON_SPARK));

    streamIsTerminatedInABatch();
    chain.traffic().run(80);
    done(chain.larder("stream", DIRECT, ON_DIRECT));
    done(chain.larder("stream", SPARK, ON_SPARK, "--maxOffsetsPerBatch=300"));
  }

  @AfterClass
  public static void stop() {
    if (chain != null) {
      chain.close();
    }
  }

  private static Outcome done(Outcome outcome) {
    assertThat(outcome.text(), outcome.code(), is(0));
    return outcome;
  }

  /** A process of its own streams on while the chain is at work, until it gets SIGTERM. */
  private static void streamIsTerminatedInABatch() throws Exception {
    Path log = FOLDER.getRoot().toPath().resolve("stream.log");
    String lake = chain.lake(ON_SPARK).toString();
    AtomicBoolean closing = new AtomicBoolean();
    CompletableFuture<LiveSummary> traffic =
        CompletableFuture.supplyAsync(
            () -> chain.traffic().withChangesPerSecond(100).runUntil(closing::get));
    Process stream =
        chain.start(log, "stream", SPARK, ON_SPARK, "--trigger=INTERVAL", "--interval=PT0.1S");
    try {
      long first = Ledger.open(lake).last(Ledger.STREAM, State.DONE) + 1;
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  !stream.isAlive()
                      || Ledger.open(lake)
                          .unfinished(Ledger.STREAM)
                          .filter(batch -> batch.number() > first)
                          .isPresent());
    } finally {
      stream.destroy();
      closing.set(true);
    }
    terminated = new Outcome(stream.waitFor(), Files.readString(log));
    unfinished = Ledger.open(lake).unfinished(Ledger.STREAM).isPresent();
    assertThat(traffic.get().steps(), is(greaterThan(0)));
  }

  /** The traffic begins when the ranges are read: rows change between P0 and P1. */
  private static void snapshotOfAChainAtWork() throws Exception {
    AtomicBoolean closing = new AtomicBoolean();
    String bronze = chain.lake(ON_SPARK).resolve("bronze").toString();
    CompletableFuture<LiveSummary> traffic =
        CompletableFuture.supplyAsync(
            () -> {
              await()
                  .atMost(PATIENCE)
                  .until(() -> closing.get() || !DeltaTables.names(bronze).isEmpty());
              return chain.traffic().withChangesPerSecond(200).runUntil(closing::get);
            });
    try {
      done(chain.larder("snapshot", SPARK, ON_SPARK, "--rangeRows=500"));
    } finally {
      closing.set(true);
    }
    assertThat(traffic.get().steps(), is(greaterThan(0)));
  }

  /**
   * As if a process had planned DirectRunner's first batch before a table was altered, and died.
   */
  private static void planFirstBatchOnSparkWith(String catalogue) {
    String body =
        Ledger.open(chain.lake(ON_DIRECT).toString())
            .find(Ledger.STREAM, 1, State.PLANNED)
            .map(LedgerEntry::body)
            .orElseThrow();
    BatchPlan plan =
        new BatchPlan(1, BatchPlan.fromJson(body).ranges(), Map.of(CATALOGUE, catalogue));
    Ledger.open(chain.lake(ON_SPARK).toString()).planned(Ledger.STREAM, 1, plan.toJson());
  }

  @Test
  public void batchPlannedBeforeATableWasAlteredIsRunWithTheTableAsItIs() {
    assertThat(
        firstStream.text(),
        containsString("A table has changed since batch 1 was planned: reading it anew."));
  }

  @Test
  public void terminatedStreamFinishesItsBatch() {
    assertThat(terminated.text(), containsString(" batches, "));
    assertThat(terminated.text(), unfinished, is(false));
    assertThat(terminated.text(), not(containsString("SparkContext")));
    assertThat(terminated.code(), is(SIGTERM));
  }

  @Test
  public void givesTheSameVaultAsDirectRunner() throws Exception {
    VaultDifference difference =
        VaultDifference.between(chain.lake(ON_SPARK), chain.lake(ON_DIRECT), model);

    assertThat(difference.differences(), is(anEmptyMap()));
    assertThat(difference.rows().values(), everyItem(is(greaterThan(0L))));
  }

  @Test
  public void givesTheSameVaultAsABackfillOnDirectRunner() throws Exception {
    Path lake = Files.createDirectories(chain.lake("backfilled/ops")).getParent();
    chain.copy(ON_SPARK + "/bronze", "backfilled/bronze");
    chain.copy(ON_SPARK + "/ops/ledger", "backfilled/ops/ledger");

    done(chain.larder("backfill", DIRECT, "backfilled"));

    assertThat(
        VaultDifference.between(chain.lake(ON_SPARK), lake, model).differences(), is(anEmptyMap()));
  }

  @Test
  public void verifyFindsNoDifferenceOnEitherRunner() {
    assertThat(done(chain.larder("verify", SPARK, ON_SPARK)).text(), containsString("no diff"));
    assertThat(done(chain.larder("verify", DIRECT, ON_SPARK)).text(), containsString("no diff"));
  }

  @Test
  public void martAndForecastAreMade() {
    done(chain.larder("mart", SPARK, ON_SPARK));
    done(chain.larder("forecast", SPARK, ON_SPARK, "--lastDay=2026-11-20"));

    assertThat(
        DeltaTable.of(chain.lake(ON_SPARK).toString(), "forecasts/material_consumption_daily")
            .exists(),
        is(true));
  }

  /** A counter counts what is computed, also what is computed again. */
  @Test
  public void everyRowOfTheSnapshotIsReadOnce() throws Exception {
    long inBronze = 0;
    for (String table : DeltaTables.names(chain.lake(ON_SPARK).toString())) {
      if (table.startsWith("bronze/")) {
        inBronze += snapshotRows(table);
      }
    }

    assertThat(report("snapshot").get("rows").asLong(), is(inBronze));
  }

  @Test
  public void everyRecordIsReadFromKafkaOnce() throws Exception {
    assertThat(recordsRead(ON_SPARK), is(recordsRead(ON_DIRECT)));
  }

  @Test
  public void errorInsideAStepKeepsItsMessageAndExitCode() throws Exception {
    chain.copy(ON_SPARK, "gone");
    Path file = dataFile(chain.lake("gone").resolve("bronze/pos/orders"));
    Files.delete(file);

    Outcome outcome = chain.larder("backfill", SPARK, "gone");

    assertThat(
        outcome.text(),
        containsString(file.getFileName() + " is missing, but the table's log names it."));
    assertThat(outcome.code(), is(4));
  }

  private static Path dataFile(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** By the counters of the batches; one that is computed twice counts twice. */
  private static long recordsRead(String lake) throws IOException {
    long records = 0;
    for (LedgerEntry entry : Ledger.open(chain.lake(lake).toString()).entries(Ledger.STREAM)) {
      if (entry.state() == State.DONE) {
        records += JSON.readTree(entry.body()).get("records").asLong();
      }
    }
    return records;
  }

  private static long snapshotRows(String table) {
    long rows = 0;
    try (RowIterator all =
        DeltaTable.of(chain.lake(ON_SPARK).toString(), table).latest().rows(List.of("_origin"))) {
      while (all.hasNext()) {
        rows += all.next()[0].equals("snapshot") ? 1 : 0;
      }
    }
    return rows;
  }

  private static JsonNode report(String verb) throws IOException {
    try (Stream<Path> reports = Files.list(chain.lake(ON_SPARK).resolve("ops/runs"))) {
      Path file =
          reports
              .filter(path -> path.toString().endsWith("-" + verb + ".json"))
              .findFirst()
              .orElseThrow();
      return JSON.readTree(Files.readString(file));
    }
  }
}
