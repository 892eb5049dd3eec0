package dev.larder.io.jdbc;

/**
 * When rows may be read so that no more are read in a second than is wanted, by however many
 * readers: each takes its turn for some rows and waits until it comes. Pure but for its state: the
 * time comes from outside, in nanoseconds of any clock that never goes back.
 *
 * <p><b>Guarantees</b>: in any time {@code t} readers begin to read at most {@code rate * (t +
 * SLACK)} rows and one turn. What was not used is lost but for {@link #SLACK_NANOS}: a reader that
 * was held up does not make up for it in a burst.
 *
 * <p>Safe for threads.
 */
final class RowPace {
  /** What a reader that overslept may be late without losing rows. */
  static final long SLACK_NANOS = 50_000_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double nanosPerRow;
  private boolean isBegun;
  private long next;

  /**
   * @param rowsPerSecond at least 1
   */
  RowPace(long rowsPerSecond) {
    if (rowsPerSecond < 1) {
      throw new IllegalArgumentException(rowsPerSecond + " rows a second");
    }
    this.nanosPerRow = NANOS_PER_SECOND / rowsPerSecond;
  }

  /**
   * Takes a turn.
   *
   * @param rows that are to be read then
   * @param now the time, nanoseconds
   * @return nanoseconds until it comes; 0 if it is there
   */
  synchronized long turn(long rows, long now) {
    // Differences are compared: a clock of nanoseconds may pass from positive to negative.
    if (!isBegun || next - (now - SLACK_NANOS) < 0) {
      next = isBegun ? now - SLACK_NANOS : now;
      isBegun = true;
    }
    long wait = Math.max(0, next - now);
    next += (long) Math.ceil(rows * nanosPerRow);
    return wait;
  }
}
