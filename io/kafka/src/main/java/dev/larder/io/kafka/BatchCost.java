package dev.larder.io.kafka;

/**
 * What batches cost: a part that is the same for each, and a part for each record; the straight
 * line through what the last batches took, each counting {@value #KEPT} of the one after it.
 *
 * <p>Batches of like sizes do not tell the two parts apart: the fixed part known before is kept
 * then. A line that says less than {@value #LEAST_SHARE} of the time were the records' is not
 * believed, nor one that says more than all of it.
 *
 * <p>A value; the same batches give the same cost.
 *
 * @param weight of the batches so far
 * @param records sum, weighted
 * @param seconds sum, weighted
 * @param squares of the records, sum, weighted
 * @param products of records and seconds, sum, weighted
 * @param fixedSeconds of a batch, whatever its size
 */
public record BatchCost(
    double weight,
    double records,
    double seconds,
    double squares,
    double products,
    double fixedSeconds) {
  /** Of no batch. */
  public static final BatchCost UNKNOWN = new BatchCost(0, 0, 0, 0, 0, 0);

  private static final double KEPT = 0.6;
  private static final double LEAST_SHARE = 0.1;

  /** Relative spread of sizes from which on they tell the parts apart. */
  private static final double SPREAD = 0.02;

  private static final double SHORTEST = 0.001;

  /**
   * The cost after a batch.
   *
   * @param count records that it had, at least 1
   * @param took seconds
   */
  public BatchCost after(long count, double took) {
    double time = Math.max(took, SHORTEST);
    BatchCost sums =
        new BatchCost(
            KEPT * weight + 1,
            KEPT * records + count,
            KEPT * seconds + time,
            KEPT * squares + (double) count * count,
            KEPT * products + count * time,
            fixedSeconds);
    return sums.withFixedSeconds(sums.estimate());
  }

  private BatchCost withFixedSeconds(double fixed) {
    return new BatchCost(weight, records, seconds, squares, products, fixed);
  }

  private double estimate() {
    double size = records / weight;
    double time = seconds / weight;
    double most = time * (1 - LEAST_SHARE);
    double variance = squares / weight - size * size;
    if (variance < SPREAD * SPREAD * size * size) {
      return Math.min(fixedSeconds, most);
    }
    double each = (products / weight - size * time) / variance;
    return Math.min(Math.max(time - each * size, 0), most);
  }

  /**
   * Records that are done within a time; if the fixed cost is more than half of it, those that take
   * as long as the fixed cost does. 0 if nothing is known.
   */
  public long recordsWithin(double wantedSeconds) {
    if (weight == 0) {
      return 0;
    }
    double each = (seconds / weight - fixedSeconds) / (records / weight);
    double time = Math.max(wantedSeconds - fixedSeconds, fixedSeconds);
    return (long) Math.min(Long.MAX_VALUE / 4.0, time / each);
  }
}
