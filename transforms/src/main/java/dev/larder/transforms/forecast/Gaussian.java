package dev.larder.transforms.forecast;

/** Intervals of normally distributed errors. */
final class Gaussian {
  /** Half the width of an 80 % interval, in standard deviations: the 0.9 quantile. */
  static final double Z80 = 1.2815515655446004;

  private Gaussian() {}

  /**
   * @param sigma standard deviation of the error of each step
   */
  static Prediction around(double[] mean, double[] sigma) {
    double[] lo = new double[mean.length];
    double[] hi = new double[mean.length];
    for (int h = 0; h < mean.length; h++) {
      lo[h] = mean[h] - Z80 * sigma[h];
      hi[h] = mean[h] + Z80 * sigma[h];
    }
    return Prediction.clipped(mean, lo, hi);
  }
}
