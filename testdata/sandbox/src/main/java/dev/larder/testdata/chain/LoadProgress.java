package dev.larder.testdata.chain;

import java.time.Duration;

/** How far a load is: rows written so far in both databases, and the time it took. */
public record LoadProgress(long rows, Duration elapsed) {
  /** Rows a second since the load began. */
  public long rowsPerSecond() {
    return rows * 1_000 / Math.max(1, elapsed.toMillis());
  }
}
