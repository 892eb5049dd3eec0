package dev.larder.testdata.chain;

import java.time.Duration;
import java.util.Map;

/** What a load wrote, per table in their order, and how long it took with making the tables. */
public record LoadReport(Map<ChainTable, Long> rows, Duration elapsed) {
  /** Rows of all tables. */
  public long totalRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows of all tables a second. */
  public long rowsPerSecond() {
    return new LoadProgress(totalRows(), elapsed).rowsPerSecond();
  }
}
