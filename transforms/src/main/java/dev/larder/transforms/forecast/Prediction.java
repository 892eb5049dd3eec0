package dev.larder.transforms.forecast;

/**
 * Expected values and 80 % intervals of the days after a series' last day. For every step {@code 0
 * <= lo80 <= mean <= hi80}, all finite: demand is not negative. Immutable.
 */
public final class Prediction {
  private final double[] mean;
  private final double[] lo80;
  private final double[] hi80;

  private Prediction(double[] mean, double[] lo80, double[] hi80) {
    this.mean = mean;
    this.lo80 = lo80;
    this.hi80 = hi80;
  }

  /**
   * Clips at 0 and widens an interval that does not hold its mean.
   *
   * @param mean expected value per day, the first for the day after the last of the history
   * @param lo80 lower bounds, one a mean
   * @param hi80 upper bounds, one a mean
   * @throws IllegalArgumentException if a number is not finite or the lengths differ
   */
  public static Prediction clipped(double[] mean, double[] lo80, double[] hi80) {
    int horizon = mean.length;
    if (lo80.length != horizon || hi80.length != horizon) {
      throw new IllegalArgumentException(
          horizon + " means, " + lo80.length + " lower and " + hi80.length + " upper bounds");
    }
    double[] clippedMean = new double[horizon];
    double[] clippedLo = new double[horizon];
    double[] clippedHi = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      if (!Double.isFinite(mean[h]) || !Double.isFinite(lo80[h]) || !Double.isFinite(hi80[h])) {
        throw new IllegalArgumentException("step " + (h + 1) + " of a prediction is not finite");
      }
      // Adding 0.0 turns -0.0 into 0.0.
      clippedMean[h] = Math.max(mean[h], 0) + 0.0;
      clippedLo[h] = Math.max(Math.min(lo80[h], clippedMean[h]), 0) + 0.0;
      clippedHi[h] = Math.max(hi80[h], clippedMean[h]);
    }
    return new Prediction(clippedMean, clippedLo, clippedHi);
  }

  /** Number of days. */
  public int horizon() {
    return mean.length;
  }

  /**
   * @param step 0 for the day after the last of the history
   */
  public double mean(int step) {
    return mean[step];
  }

  /** Lower bound: one value in ten is expected to lie below. */
  public double lo80(int step) {
    return lo80[step];
  }

  /** Upper bound: one value in ten is expected to lie above. */
  public double hi80(int step) {
    return hi80[step];
  }
}
