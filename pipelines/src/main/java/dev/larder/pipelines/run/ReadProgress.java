package dev.larder.pipelines.run;

import dev.larder.pipelines.command.Console;
import java.time.Duration;

/** Where the reading of many ranges stands, over all pipelines that read them. */
final class ReadProgress {
  private final Console console;
  private final int ranges;
  private final long estimatedRows;
  private final long start = System.nanoTime();
  private long rowsBefore;
  private long rowsHere;
  private int rangesBefore;

  /**
   * @param ranges of all that is to be read
   * @param estimatedRows of all that is to be read
   */
  ReadProgress(Console console, int ranges, long estimatedRows) {
    this.console = console;
    this.ranges = ranges;
    this.estimatedRows = estimatedRows;
  }

  /** Counts what an earlier process has read: it is done, but says nothing of the speed. */
  void found(long rows, int rangesDone) {
    rowsBefore += rows;
    rangesBefore += rangesDone;
  }

  /** Counts what a pipeline of this process has read. */
  void read(long rows, int rangesDone) {
    found(rows, rangesDone);
    rowsHere += rows;
  }

  /** Shows where it stands while a pipeline runs. */
  void show(long rowsNow, long rangesNow, long pausedMs) {
    long done = rowsBefore + rowsNow;
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long rate = Rate.perSecond(rowsHere + rowsNow, took);
    console.progress(
        "%,d of about %,d rows, %d of %d ranges, %s%s%s",
        done,
        Math.max(estimatedRows, done),
        rangesBefore + rangesNow,
        ranges,
        Rate.of(rowsHere + rowsNow, took),
        rate == 0 || estimatedRows <= done ? "" : ", " + (estimatedRows - done) / rate + " s left",
        pausedMs == 0 ? "" : ", paused for " + pausedMs / 1000 + " s on all connections");
  }
}
