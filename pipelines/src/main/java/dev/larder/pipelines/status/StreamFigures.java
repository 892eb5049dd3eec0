package dev.larder.pipelines.status;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stream says of itself while it runs. Written by the loop and by whoever watches the
 * connectors, read by the server; every method may be called from any thread.
 */
public final class StreamFigures {
  private static final double MILLIS = 1000.0;

  /** One moment's figures. */
  public record View(
      Map<String, Long> lag,
      Map<String, Boolean> connectors,
      long batches,
      long records,
      long bytes,
      long rows,
      long written,
      long deadLetters,
      long waitingSnapshots,
      double batchSeconds,
      double lastBatchSeconds,
      double lastCommitSeconds,
      double behindSeconds,
      Instant lastRound,
      Optional<Instant> runningSince,
      Optional<String> problem) {}

  private final Map<String, Long> lag = new TreeMap<>();
  private final Map<String, Boolean> connectors = new TreeMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private long batches;
  private long records;
  private long bytes;
  private long rows;
  private long written;
  private long deadLetters;
  private long waitingSnapshots;
  private double batchSeconds;
  private double lastBatchSeconds;
  private double lastCommitSeconds;
  private Instant caughtUp;
  private Instant lastRound;
  private Instant runningSince;

  /** Figures of a stream that starts at this time. */
  public StreamFigures(Instant start) {
    this.caughtUp = start;
    this.lastRound = start;
  }

  /** A batch begins. */
  public synchronized void batchBegins(Instant now) {
    runningSince = now;
  }

  /** A batch is done. */
  public synchronized void batchDone(
      long recordsRead,
      long bytesRead,
      long rowsAdded,
      long bytesWritten,
      long letters,
      double took,
      double commit) {
    runningSince = null;
    batches++;
    records += recordsRead;
    bytes += bytesRead;
    rows += rowsAdded;
    written += bytesWritten;
    deadLetters += letters;
    batchSeconds += took;
    lastBatchSeconds = took;
    lastCommitSeconds = commit;
  }

  /**
   * The loop has gone round.
   *
   * @param now when
   * @param left records that wait in Kafka behind what was read, by {@code topic/partition}
   * @param snapshots in bronze that the vault has not taken over
   */
  public synchronized void round(Instant now, Map<String, Long> left, long snapshots) {
    lastRound = now;
    lag.clear();
    lag.putAll(left);
    waitingSnapshots = snapshots;
    if (left.values().stream().allMatch(records -> records == 0)) {
      caughtUp = now;
    }
  }

  /** Whether a connector and its tasks run. */
  public synchronized void connector(String name, boolean runs) {
    connectors.put(name, runs);
  }

  /** Something is wrong, until {@link #mended}. */
  public synchronized void problem(String where, String what) {
    problems.put(where, what);
  }

  /** What was wrong there is not any more. */
  public synchronized void mended(String where) {
    problems.remove(where);
  }

  /** The figures now. */
  public synchronized View view(Instant now) {
    return new View(
        new TreeMap<>(lag),
        new TreeMap<>(connectors),
        batches,
        records,
        bytes,
        rows,
        written,
        deadLetters,
        waitingSnapshots,
        batchSeconds,
        lastBatchSeconds,
        lastCommitSeconds,
        Duration.between(caughtUp, now).toMillis() / MILLIS,
        lastRound,
        Optional.ofNullable(runningSince),
        problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems.values())));
  }
}
