package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaTable;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.TrueState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ErrorCollector;
import org.junit.rules.TemporaryFolder;

/**
 * A table is read in ranges while writers insert, update (also twice), delete, re-insert and change
 * keys; the vault takes the snapshot over and goes on with the log. Its history must be, version by
 * version, what a replay of the whole binary log over a consistent read says.
 *
 * <p>Small here. With other seeds, sizes and rates: the tables are filled once and each seed begins
 * with a copy of that server; writers go on for {@code fire.after} seconds behind the snapshot, and
 * for as long once the vault has taken it over. What came out is a line for each seed in {@code
 * target/it/HandOverUnderFireIT/seeds.txt}, written when it is done; the lake of a seed with a
 * difference is left beside it.
 *
 * <pre>{@code
 * mvn verify -pl runner-profiles/direct -am -Dtest=none -Dit.test=HandOverUnderFireIT \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dfire.seeds=1,7,20-39 -Dfire.rows=2000000 -Dfire.rate=2000 -Dfire.after=5 -Dit.heap=5g \
 *   "-Dtest.jvm=-XX:+UseParallelGC -XX:CompileThresholdScaling=4"
 * }</pre>
 */
public class HandOverUnderFireIT {
  private static final List<Long> SEEDS = FireSeeds.of(System.getProperty("fire.seeds", "1"));
  private static final int SMALL = 8_000;
  private static final int ROWS = Integer.getInteger("fire.rows", SMALL);
  private static final int RATE = Integer.getInteger("fire.rate", 400);
  private static final Duration AFTER = Duration.ofSeconds(Integer.getInteger("fire.after", 2));
  private static final int RANGES = 40;

  /** What has come is read at once, however much it is: each batch rewrites what it changes. */
  private static final List<String> LARGE_BATCHES =
      List.of("--batchTime=PT0S", "--maxOffsetsPerBatch=2000000", "--maxBytesPerBatch=4GiB");

  private static final Path RESULTS = Path.of("target", "it", "HandOverUnderFireIT");

  @Rule public final TemporaryFolder folders = new TemporaryFolder();

  /** A seed that fails does not keep the others from being tried. */
  @Rule public final ErrorCollector failures = new ErrorCollector();

  @BeforeClass
  public static void requireServers() {
    ChainSandbox.assumeSupported();
  }

  @Test
  public void vaultHasEveryVersionThatTheLogHasAndNoOther() throws Exception {
    Path filled = folders.getRoot().toPath().resolve("filled");
    if (SEEDS.size() > 1) {
      FireSandbox.fill(filled, ROWS);
    }
    for (long seed : SEEDS) {
      failures.checkSucceeds(() -> prove(seed, filled));
    }
  }

  private Void prove(long seed, Path filled) throws Exception {
    Path results = RESULTS.resolve(Long.toString(seed)).toAbsolutePath();
    Path servers = folders.getRoot().toPath().resolve("servers-" + seed);
    FireRecord record = new FireRecord(seed, ROWS);
    try {
      if (Files.exists(filled)) {
        Folders.copy(filled, servers);
      }
      try (FireSandbox sandbox = FireSandbox.start(servers, results, ROWS)) {
        record.did("servers");
        prove(sandbox, seed, record);
      }
    } catch (Exception | AssertionError e) {
      record.failed(e);
      throw e;
    } finally {
      record.appendTo(RESULTS.resolve("seeds.txt"));
    }
    if (SEEDS.size() > 1) {
      Folders.empty(servers);
      Folders.empty(results);
    }
    return null;
  }

  private static void prove(FireSandbox sandbox, long seed, FireRecord record) throws Exception {
    TrueState before = TrueState.read(sandbox.mySql(), "f");
    record.did("read");
    sandbox.write(seed, RATE);
    larder(
            "snapshot",
            sandbox.options(),
            List.of("--rangeRows=" + ROWS / RANGES, "--fetchSize=100", "--maxConnections=2"))
        .succeeded();
    record.did("snapshot");
    sandbox.writeFor(AFTER);
    larder("stream", sandbox.options(), LARGE_BATCHES).succeeded();
    record.did("hand-over");
    sandbox.awaitWriters();
    sandbox.writeAgainFor(AFTER);
    record.did("writers");
    larder("stream", sandbox.options(), LARGE_BATCHES).succeeded();
    record.did("stream");

    Replay replay = Replay.since(before, sandbox.mySql());
    record.did("log");
    FireProof proof = new FireProof(sandbox.lake(), replay);
    List<String> differences = proof.differences();
    record.say(
        "%,d changes while they were read, %,d in all, %,d versions compared, %d differences, %d"
            + " changes twice in bronze, %d from before P0",
        proof.changesWhileReading(),
        proof.changes(),
        proof.rows(),
        differences.size(),
        proof.repeated(),
        proof.underway());
    record.did("comparison");
    Files.write(sandbox.path("differences.txt"), differences);
    assertThat("seed " + seed, differences, is(empty()));
    assertThat("changes that bronze holds twice", proof.repeated(), is(0L));
    assertThat(proof.changesWhileReading(), is(greaterThan(0L)));
    assertThat(DeltaTable.of(sandbox.lake().toString(), DeadLetter.TABLE).exists(), is(false));
    Command verify = larder("verify", sandbox.withoutKafka());
    record.say("verify %s", verify.code() == 0 ? "agrees" : "ended with " + verify.code());
    record.did("verify");
    verify.succeeded();
    if (ROWS == SMALL) {
      requireNoticed(sandbox, replay, proof);
    }
  }

  /** A proof that could not fail would prove nothing. */
  private static void requireNoticed(FireSandbox sandbox, Replay replay, FireProof proof) {
    FireProof other = new FireProof(sandbox.lake(), FalseTale.of(replay, proof));
    assertThat(
        other.differences(),
        hasItems(
            startsWith("sat_item_f:"),
            startsWith("item_history:"),
            startsWith("bronze/f/owners:"),
            startsWith("stock_history:")));
  }
}
