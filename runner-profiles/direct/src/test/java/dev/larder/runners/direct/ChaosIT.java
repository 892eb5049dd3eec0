package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaTable;
import dev.larder.runners.direct.ChaosFaults.Fault;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.TrueState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A stream under load, and in each round something breaks at a random moment: Larder or Connect is
 * killed, Kafka or MySQL restarts, the connector is rewound, records come again, something stands
 * still, a table is truncated. At the end the vault equals the source and holds every version that
 * the binary log holds, once and in order. What happened is in {@code
 * target/it/ChaosIT/rounds.txt}.
 *
 * <p>Few rounds here. More of them (for at most {@code -Dchaos.minutes}), other seeds and rates:
 *
 * <pre>{@code
 * mvn verify -pl runner-profiles/direct -am -Dtest=none -Dit.test=ChaosIT \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dchaos.rounds=50 -Dchaos.seed=7 -Dchaos.rate=1000 -Dchaos.pause=30 \
 *   -Dtest.jvm=-XX:+UseParallelGC
 * }</pre>
 */
public class ChaosIT {
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 3);
  private static final long SEED = Long.getLong("chaos.seed", 2);
  private static final int RATE = Integer.getInteger("chaos.rate", 100);
  private static final int ITEMS = Integer.getInteger("chaos.rows", 1_000);
  private static final Duration PAUSE = Duration.ofSeconds(Integer.getInteger("chaos.pause", 2));
  private static final int MINUTES = Integer.getInteger("chaos.minutes", 600);
  private static final int LONGEST_WAIT_MS = 2_000;

  @Rule public final TemporaryFolder servers = new TemporaryFolder();

  private final Random random = new Random(SEED);

  @BeforeClass
  public static void requireServers() {
    ChainSandbox.assumeSupported();
  }

  @Test
  public void vaultHasEveryVersionOnceWhateverBreaks() throws Exception {
    Path results = Path.of("target", "it", "ChaosIT").toAbsolutePath();
    try (FireSandbox sandbox = FireSandbox.start(servers.getRoot().toPath(), results, ITEMS)) {
      TrueState before = TrueState.read(sandbox.mySql(), "f");
      sandbox.write(SEED, RATE);
      larder("snapshot", sandbox.options()).succeeded();
      List<String> deaths = rounds(sandbox);
      sandbox.stopWriting();
      larder("stream", sandbox.options()).succeeded();

      FireProof proof = new FireProof(sandbox.lake(), Replay.since(before, sandbox.mySql()));
      List<String> differences = proof.differences();
      String said =
          String.format(
              Locale.ROOT,
              "%,d changes, %,d versions compared, %d records of the log in bronze more than"
                  + " once%n%s%n",
              proof.changes(),
              proof.rows(),
              proof.repeated(),
              String.join("\n", differences));
      record(sandbox, said);
      assertThat(differences, is(empty()));
      assertThat("the stream ended by itself", deaths, is(empty()));
      assertThat(DeltaTable.of(sandbox.lake().toString(), DeadLetter.TABLE).exists(), is(false));
      larder("verify", sandbox.withoutKafka()).succeeded();
    }
  }

  private List<String> rounds(FireSandbox sandbox) throws Exception {
    List<Fault> faults = new ArrayList<>();
    try (ChaosStream stream = new ChaosStream(sandbox)) {
      ChaosFaults chaos = new ChaosFaults(sandbox, stream, random, PAUSE);
      stream.awaitProgress();
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
      for (int round = 1; round <= ROUNDS && System.nanoTime() < end; round++) {
        chaos.heal();
        sandbox.requireWriters();
        if (faults.isEmpty()) {
          faults.addAll(List.of(Fault.values()));
          Collections.shuffle(faults, random);
        }
        Fault fault = faults.remove(0);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MS));
        long start = System.nanoTime();
        chaos.happen(fault);
        chaos.heal();
        stream.awaitProgress();
        record(
            sandbox,
            String.format(
                Locale.ROOT,
                "%2d %-16s goes on after %.1f s%n",
                round,
                fault,
                (System.nanoTime() - start) / 1e9));
      }
      stream.stop();
      stream.deaths().forEach(death -> recordDeath(sandbox, death));
      return stream.deaths();
    }
  }

  private static void recordDeath(FireSandbox sandbox, String death) {
    try {
      record(sandbox, "The stream ended by itself: " + death + "\n");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void record(FireSandbox sandbox, String line) throws java.io.IOException {
    Files.writeString(
        sandbox.path("rounds.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
