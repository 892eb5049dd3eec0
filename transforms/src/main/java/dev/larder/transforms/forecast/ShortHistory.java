package dev.larder.transforms.forecast;

import java.util.Arrays;

/** What is said of a series that is too short for a weekly pattern. */
final class ShortHistory {
  /** Below two weeks of known days no weekday can be told from chance. */
  static final int MIN_OBSERVED = 14;

  private ShortHistory() {}

  static boolean isShort(DailySeries history) {
    return history.observed() < MIN_OBSERVED;
  }

  /**
   * The mean of what is known, every day alike, with the Gaussian interval of a new day's value
   * about an estimated mean. One known value says nothing of its spread: the spread is taken to be
   * as large as the value. Nothing known: 0.
   */
  static Prediction flat(DailySeries history, int horizon) {
    int observed = history.observed();
    double mean = history.mean();
    double squares = 0;
    for (double value : history.values()) {
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    double sigma =
        observed > 1 ? Math.sqrt(squares / (observed - 1) * (1 + 1.0 / observed)) : Math.abs(mean);
    double[] means = filled(horizon, mean);
    double half = Gaussian.Z80 * sigma;
    return Prediction.clipped(means, filled(horizon, mean - half), filled(horizon, mean + half));
  }

  private static double[] filled(int length, double value) {
    double[] all = new double[length];
    Arrays.fill(all, value);
    return all;
  }
}
