package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.delta.DeltaTable;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.TrueState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A table is read in ranges while writers insert, update (also twice), delete, re-insert and change
 * keys; the vault takes the snapshot over and goes on with the log. Its history must be, version by
 * version, what a replay of the whole binary log over a consistent read says.
 *
 * <p>Small here. With other seeds, sizes and rates, what came out is in {@code
 * target/it/HandOverUnderFireIT/SEED/proof.txt}:
 *
 * <pre>{@code
 * mvn verify -pl runner-profiles/direct -am -Dtest=none -Dit.test=HandOverUnderFireIT \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dfire.seeds=1,2,3 -Dfire.rows=2000000 -Dfire.rate=2000 -Dit.heap=8g \
 *   -Dtest.jvm=-XX:+UseParallelGC
 * }</pre>
 */
public class HandOverUnderFireIT {
  private static final String SEEDS = System.getProperty("fire.seeds", "1");
  private static final int ROWS = Integer.getInteger("fire.rows", 8_000);
  private static final int RATE = Integer.getInteger("fire.rate", 400);
  private static final int RANGES = 40;

  @Rule public final TemporaryFolder servers = new TemporaryFolder();

  @BeforeClass
  public static void requireServers() {
    ChainSandbox.assumeSupported();
  }

  @Test
  public void vaultHasEveryVersionThatTheLogHasAndNoOther() throws Exception {
    for (String seed : SEEDS.split(",")) {
      Path results = Path.of("target", "it", "HandOverUnderFireIT", seed).toAbsolutePath();
      try (FireSandbox sandbox = FireSandbox.start(servers.newFolder().toPath(), results, ROWS)) {
        prove(sandbox, Long.parseLong(seed));
      }
    }
  }

  private static void prove(FireSandbox sandbox, long seed) throws Exception {
    TrueState before = TrueState.read(sandbox.mySql(), "f");
    sandbox.write(seed, RATE);
    larder(
            "snapshot",
            sandbox.options(),
            List.of("--rangeRows=" + ROWS / RANGES, "--fetchSize=100", "--maxConnections=2"))
        .succeeded();
    larder("stream", sandbox.options()).succeeded();
    sandbox.stopWriting();
    larder("stream", sandbox.options()).succeeded();

    FireProof proof = new FireProof(sandbox.lake(), Replay.since(before, sandbox.mySql()));
    List<String> differences = proof.differences();
    Files.writeString(
        sandbox.path("proof.txt"),
        String.format(
            Locale.ROOT,
            "seed %d: %,d rows, %,d changes while they were read, %,d in all, %,d versions compared%n%s%n",
            seed,
            ROWS,
            proof.changesWhileReading(),
            proof.changes(),
            proof.rows(),
            String.join("\n", differences)));
    assertThat("seed " + seed, differences, is(empty()));
    assertThat("changes that bronze holds twice", proof.repeated(), is(0L));
    assertThat(proof.changesWhileReading(), is(greaterThan(0L)));
    assertThat(DeltaTable.of(sandbox.lake().toString(), DeadLetter.TABLE).exists(), is(false));
    larder("verify", sandbox.withoutKafka()).succeeded();
  }
}
