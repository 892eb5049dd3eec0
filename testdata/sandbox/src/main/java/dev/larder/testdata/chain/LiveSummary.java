package dev.larder.testdata.chain;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * What live traffic did, committed in full.
 *
 * @param changes per table, in their order; tables without a change are there with zeros
 * @param transactions commits on both servers
 * @param alterations the DDL that was run
 * @param lastMoment the chain's own time when it stopped, UTC
 * @param elapsed by the clock on the wall
 */
public record LiveSummary(
    int steps,
    long transactions,
    Map<ChainTable, LiveChanges> changes,
    List<String> alterations,
    LocalDateTime lastMoment,
    Duration elapsed) {

  /** Changes of all tables. */
  public LiveChanges total() {
    return changes.values().stream().reduce(LiveChanges.NONE, LiveChanges::plus);
  }
}
