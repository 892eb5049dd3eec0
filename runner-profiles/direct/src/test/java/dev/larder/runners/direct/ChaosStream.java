package dev.larder.runners.direct;

import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A stream that is started again when it was killed, by whomever. */
final class ChaosStream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final FireSandbox sandbox;
  private final List<String> deaths = new ArrayList<>();
  private LarderProcess process;
  private int starts;

  ChaosStream(FireSandbox sandbox) throws IOException {
    this.sandbox = sandbox;
    start();
  }

  private void start() throws IOException {
    process =
        LarderProcess.stream(
            sandbox.path("stream-" + starts++ + ".log"), sandbox.options(), Duration.ofHours(2));
  }

  long pid() {
    return process.pid();
  }

  void kill() throws IOException, InterruptedException {
    process.kill();
    start();
  }

  /** How often it ended by itself, and what it said. */
  List<String> deaths() {
    return deaths;
  }

  /** Waits until batches are done that were not planned yet. */
  void awaitProgress() throws IOException {
    long planned = ledger().last(Ledger.STREAM, State.PLANNED);
    Awaitility.await()
        .alias("a batch behind " + planned)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              if (!process.isRunning()) {
                deaths.add(process.said().lines().reduce("", (before, last) -> last));
                start();
              }
              return ledger().last(Ledger.STREAM, State.DONE) > planned;
            });
  }

  private Ledger ledger() {
    return Ledger.open(sandbox.lake().toString());
  }

  int stop() throws InterruptedException {
    return process.stop();
  }

  @Override
  public void close() {
    process.close();
  }
}
