package dev.larder.pipelines.run;

import dev.larder.io.jdbc.TableRange;
import java.util.List;

/**
 * Cuts the ranges of a snapshot into waves. Pure.
 *
 * @param rows that a wave should have, by estimates
 * @param minRanges that a wave has at the least, so that all connections have something to do
 */
record Waves(long rows, int minRanges) {
  /** What a range weighs at the least: opening it, and a commit of its table, take their time. */
  private static final long ROWS_OF_AN_EMPTY_RANGE = 10_000;

  Waves {
    if (rows < 1 || minRanges < 1) {
      throw new IllegalArgumentException(rows + " rows, " + minRanges + " ranges");
    }
  }

  /** The first range behind the wave that begins with a range. */
  int end(List<TableRange> ranges, int from) {
    long weight = 0;
    int to = from;
    while (to < ranges.size() && (weight < rows || to - from < minRanges)) {
      weight += Math.max(ROWS_OF_AN_EMPTY_RANGE, ranges.get(to).estimatedRows());
      to++;
    }
    return to;
  }
}
