package dev.larder.testdata.chain;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what the writers of a load have written, and tells a listener of it twice a second. */
final class LoadCounter {
  private static final long TELL_EVERY_NANOS = 500_000_000;

  private final Consumer<LoadProgress> listener;
  private final long began = System.nanoTime();
  private final Map<ChainTable, Long> rows = new EnumMap<>(ChainTable.class);
  private long lastTold = began;

  LoadCounter(Consumer<LoadProgress> listener) {
    this.listener = listener;
    for (ChainTable table : ChainTable.values()) {
      rows.put(table, 0L);
    }
  }

  synchronized void wrote(ChainTable table, long count) {
    rows.merge(table, count, Long::sum);
    if (System.nanoTime() - lastTold >= TELL_EVERY_NANOS) {
      lastTold = System.nanoTime();
      LoadReport soFar = report();
      listener.accept(new LoadProgress(soFar.totalRows(), soFar.elapsed()));
    }
  }

  synchronized LoadReport report() {
    return new LoadReport(
        Collections.unmodifiableMap(new EnumMap<>(rows)),
        Duration.ofNanos(System.nanoTime() - began));
  }
}
