package dev.larder.runners.direct;

import static dev.larder.runners.direct.ChainSandbox.lake;
import static dev.larder.runners.direct.Command.larder;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.testdata.chain.LiveSummary;
import dev.larder.testdata.chain.LiveTraffic;
import dev.larder.transforms.model.VaultModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * A snapshot and a live stream whose process is killed (kill -9) again and again while the chain
 * sells pizzas: once in the hand-over, twice in a batch. Then the lake is looked at.
 */
public class KilledStreamIT {
  @ClassRule
  public static final ChainSandbox CHAIN = ChainSandbox.of(KilledStreamIT.class).withConnect();

  private static final int CHANGES_PER_SECOND = 60;
  private static final int KILLS_IN_A_BATCH = 2;
  private static final int MAX_PROCESSES = 40;
  private static final long MAX_DELAY_MS = 400;
  private static final long SEED = 42;
  private static final int TABLES_WITH_CHANGES = 10;

  /** Batches in which the process was killed. */
  private static final List<Long> CUT = new ArrayList<>();

  private static Path lake;
  private static int processes;
  private static LiveSummary traffic;
  private static Command last;

  @BeforeClass
  public static void streamAndKill() throws Exception {
    lake = CHAIN.path("lake");
    AtomicBoolean closing = new AtomicBoolean();
    ExecutorService till = Executors.newSingleThreadExecutor();
    try {
      Future<LiveSummary> sales = till.submit(() -> sellPizzas(closing));
      larder("snapshot", CHAIN.sources(), lake(lake), CHAIN.kafka()).succeeded();
      killInHandOver();
      killInBatches();
      closing.set(true);
      traffic = sales.get(5, TimeUnit.MINUTES);
    } finally {
      closing.set(true);
      till.shutdownNow();
    }
    last =
        larder(
                "stream",
                CHAIN.sources(),
                lake(lake),
                CHAIN.kafka(),
                List.of("--trigger=AVAILABLE_NOW"))
            .succeeded();
  }

  /** The chain opens when the snapshot begins to read, and sells while it reads. */
  private static LiveSummary sellPizzas(AtomicBoolean closing) {
    await()
        .atMost(Duration.ofMinutes(10))
        .until(() -> DeltaTables.names(lake.toString()).stream().anyMatch(KilledStreamIT::bronze));
    return LiveTraffic.of(ChainSandbox.PAST.chain(), CHAIN.databases(), SEED)
        .withChangesPerSecond(CHANGES_PER_SECOND)
        .runUntil(closing::get);
  }

  private static boolean bronze(String table) {
    return table.startsWith("bronze/");
  }

  /**
   * When the first table of the vault has its commit and the others have not. A moment when all had
   * it is no kill: it is done again, from the lake as it was before.
   */
  private static void killInHandOver() throws Exception {
    Path before = CHAIN.path("before-the-hand-over");
    Folders.copy(lake, before);
    handOverUntilItCommits();
    while (handedOver(ledger())) {
      assertThat("processes started", processes, is(lessThan(MAX_PROCESSES)));
      Folders.empty(lake);
      Files.delete(lake);
      Folders.copy(before, lake);
      handOverUntilItCommits();
    }
  }

  private static void handOverUntilItCommits() throws Exception {
    try (LarderProcess stream = stream()) {
      stream.await("a hand-over that commits", KilledStreamIT::vaultHasRows);
      stream.kill();
    }
  }

  private static boolean vaultHasRows() {
    Path vault = lake.resolve("vault");
    if (!Files.exists(vault)) {
      return false;
    }
    try (Stream<Path> tables = Files.list(vault)) {
      // Version 0 makes the table, version 1 brings its first rows.
      return tables.anyMatch(t -> Files.exists(t.resolve("_delta_log/%020d.json".formatted(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At seeded moments after a plan was written. A moment when the batch was done is no kill. */
  private static void killInBatches() throws Exception {
    Random random = new Random(SEED);
    while (CUT.size() < KILLS_IN_A_BATCH) {
      assertThat("processes started", processes, is(lessThan(MAX_PROCESSES)));
      long before = ledger().last(Ledger.STREAM, State.PLANNED);
      try (LarderProcess stream = stream()) {
        stream.await("a batch that it has planned itself", () -> inBatchBehind(before));
        TimeUnit.MILLISECONDS.sleep(random.nextLong(MAX_DELAY_MS));
        stream.kill();
      }
      ledger().unfinished(Ledger.STREAM).ifPresent(batch -> CUT.add(batch.number()));
    }
  }

  private static boolean inBatchBehind(long number) {
    Ledger ledger = ledger();
    return handedOver(ledger)
        && ledger.unfinished(Ledger.STREAM).filter(batch -> batch.number() > number).isPresent();
  }

  private static boolean handedOver(Ledger ledger) {
    return ledger.find(Ledger.HAND_OVER, 1, State.DONE).isPresent();
  }

  private static Ledger ledger() {
    return Ledger.open(lake.toString());
  }

  private static LarderProcess stream() throws IOException {
    List<String> options = new ArrayList<>(CHAIN.sources());
    options.addAll(lake(lake));
    options.addAll(CHAIN.kafka());
    return LarderProcess.stream(log(processes++), options);
  }

  private static Path log(int process) {
    return CHAIN.path("stream-" + process + ".log");
  }

  @Test
  public void batchesThatWereCutAreRunAgain() throws IOException {
    StringBuilder said = new StringBuilder(last.said());
    for (int i = 0; i < processes; i++) {
      said.append(Files.readString(log(i)));
    }

    assertThat(CUT.size(), is(KILLS_IN_A_BATCH));
    for (long batch : CUT) {
      assertThat(
          said.toString(),
          containsString("Batch " + batch + " was not finished; it is run again."));
    }
  }

  @Test
  public void vaultSaysWhatTheSourcesSay() {
    larder("verify", CHAIN.sources(), lake(lake)).succeeded();
  }

  @Test
  public void vaultIsTheOneThatIsLoadedInOneGo() throws Exception {
    Path other = CHAIN.path("in-one-go");
    Folders.copy(lake.resolve("bronze"), other.resolve("bronze"));
    Folders.copy(lake.resolve("ops/ledger"), other.resolve("ops/ledger"));
    larder("backfill", List.of("--model=" + CHAIN.model()), lake(other)).succeeded();

    VaultModel model = ModelFile.at(CHAIN.model().toString()).model();
    assertThat(LakeDifference.between(lake, other, model), is(empty()));
  }

  @Test
  public void bronzeHasEveryRecordOfTheTopicsOnce() throws Exception {
    Map<String, List<Long>> recorded =
        LogRecords.inTopics(CHAIN.services().kafka().bootstrapServers());

    assertThat(recorded.keySet().size(), is(TABLES_WITH_CHANGES));
    assertThat(LogRecords.inBronze(lake), is(recorded));
  }

  @Test
  public void trafficHadEveryKindOfChangeAndNoneWasRefused() {
    assertThat(traffic.steps(), is(greaterThan(LiveTraffic.STEPS_THAT_SHOW_ALL)));
    assertThat(DeltaTable.of(lake.toString(), DeadLetter.TABLE).exists(), is(false));
  }
}
