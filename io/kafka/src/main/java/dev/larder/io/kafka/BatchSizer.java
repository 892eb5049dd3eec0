package dev.larder.io.kafka;

/**
 * How large the next batch may be, by what the last ones were: large when the stream is behind,
 * small when it is not.
 *
 * <p><b>The rule</b>: a batch takes all that is there, but not more than
 *
 * <ol>
 *   <li>as many records as are done within the wanted time by what the batches before cost ({@link
 *       BatchCost}; {@link #FIRST} before anything is known), and at most twice as many as the
 *       batch before was allowed: what is current is small because little is there, what is behind
 *       grows until the fixed cost of a batch hardly counts and an orderly stop is still near.
 *       Where the fixed cost alone takes most of the wanted time, a batch takes as long again for
 *       its records: shorter ones would fall behind for ever. Batches are a tenth larger and a
 *       tenth smaller in turn: of batches of one size nobody could tell which part of their time is
 *       fixed, and a stream whose batches take the wanted time, nearly all of it fixed, would never
 *       grow;
 *   <li>as many as fit into the wanted bytes at the size of the records so far: a batch of large
 *       records grows the estimate at once, small ones let it sink by a tenth a batch;
 *   <li>the limits that were given.
 * </ol>
 *
 * <p>A value; the same outcomes give the same limits.
 *
 * @param allowed records of the batch before, at the most
 * @param cost of the batches before
 * @param bytesPerRecord estimate, at least 1
 */
public record BatchSizer(long allowed, BatchCost cost, double bytesPerRecord) {
  /** What the first batch may take. */
  public static final long FIRST = 50_000;

  /** No batch is kept smaller than this for want of speed: its fixed cost would be all it does. */
  public static final long LEAST = 1_000;

  private static final double FIRST_BYTES = 1_024;
  private static final double SINK = 0.9;
  private static final double SWAY = 0.1;

  /** Before the first batch. */
  public static BatchSizer first() {
    return new BatchSizer(FIRST, BatchCost.UNKNOWN, FIRST_BYTES);
  }

  /**
   * The sizer after a batch.
   *
   * @param records that it had
   * @param bytes of their keys and values
   * @param seconds it took
   * @param wantedSeconds a batch is to take when there is enough to read
   */
  public BatchSizer after(long records, long bytes, double seconds, double wantedSeconds) {
    if (records <= 0) {
      return this;
    }
    double mean = (double) bytes / records;
    double size = Math.max(1, Math.max(mean, bytesPerRecord * SINK));
    BatchCost known = cost.after(records, seconds);
    double fitting = known.recordsWithin(wantedSeconds);
    long next = (long) (fitting * (allowed > fitting ? 1 - SWAY : 1 + SWAY));
    return new BatchSizer(Math.max(LEAST, Math.min(next, 2 * allowed)), known, size);
  }

  /**
   * The given limits, narrowed.
   *
   * @param batchBytes keys and values of a batch, about
   * @param rangeBytes of what one worker may hold of it, about
   */
  public BatchLimits narrow(BatchLimits limits, long batchBytes, long rangeBytes) {
    long byBytes = Math.max(1, (long) (batchBytes / bytesPerRecord));
    long byRange = Math.max(1, (long) (rangeBytes / bytesPerRecord));
    return limits
        .withMaxOffsets(Math.min(limits.maxOffsets(), Math.min(allowed, byBytes)))
        .withMaxRange(Math.min(limits.maxRange(), byRange));
  }
}
