package dev.larder.transforms.forecast;

import java.util.Arrays;

/**
 * The recursion of additive exponential smoothing with a level and seven weekday seasons, without
 * trend, for many pairs of smoothing parameters in one pass over the series: the innermost loop
 * runs over the pairs, so that the compiler can use vector instructions.
 *
 * <p>A missing day has no error: level and seasons stay as they are.
 */
final class WeeklySmoothing {
  static final int WEEK = 7;
  private static final int LEVEL_DAYS = 28;

  private final double[] values;
  private final int firstWeekday;
  private final double[] seasons = new double[WEEK];
  private final double level;

  /**
   * Starts with the weekdays' means less the mean of these as seasons (0 for a weekday never seen),
   * and the mean of the first four weeks' known days, less their seasons, as level.
   *
   * @param history at least one day known
   */
  WeeklySmoothing(DailySeries history) {
    values = history.values();
    firstWeekday = Math.floorMod(history.firstDay(), WEEK);
    double[] sums = new double[WEEK];
    int[] counts = new int[WEEK];
    for (int t = 0; t < values.length; t++) {
      if (!Double.isNaN(values[t])) {
        sums[weekday(t)] += values[t];
        counts[weekday(t)]++;
      }
    }
    double total = 0;
    int seen = 0;
    for (int k = 0; k < WEEK; k++) {
      if (counts[k] > 0) {
        total += sums[k] / counts[k];
        seen++;
      }
    }
    for (int k = 0; k < WEEK; k++) {
      seasons[k] = counts[k] > 0 ? sums[k] / counts[k] - total / seen : 0;
    }
    level = firstLevel();
  }

  private double firstLevel() {
    double sum = 0;
    int known = 0;
    for (int t = 0; t < values.length && known < LEVEL_DAYS; t++) {
      if (!Double.isNaN(values[t])) {
        sum += values[t] - seasons[weekday(t)];
        known++;
      }
    }
    return sum / known;
  }

  /** The weekday of the t-th day, in an order of its own: only equality has a meaning. */
  int weekday(int t) {
    return (firstWeekday + t) % WEEK;
  }

  int length() {
    return values.length;
  }

  /**
   * Sums of squared one-step errors.
   *
   * @param alpha weight of an error in the level, one a pair
   * @param gamma weight of an error in its weekday's season, one a pair
   */
  double[] squares(double[] alpha, double[] gamma) {
    int pairs = alpha.length;
    double[] levels = new double[pairs];
    Arrays.fill(levels, level);
    double[][] states = new double[WEEK][pairs];
    for (int k = 0; k < WEEK; k++) {
      Arrays.fill(states[k], seasons[k]);
    }
    double[] squares = new double[pairs];
    for (int t = 0; t < values.length; t++) {
      if (!Double.isNaN(values[t])) {
        step(values[t], levels, states[weekday(t)], squares, alpha, gamma);
      }
    }
    return squares;
  }

  private static void step(
      double value,
      double[] levels,
      double[] season,
      double[] squares,
      double[] alpha,
      double[] gamma) {
    for (int i = 0; i < levels.length; i++) {
      double error = value - (levels[i] + season[i]);
      squares[i] += error * error;
      levels[i] += alpha[i] * error;
      season[i] += gamma[i] * error;
    }
  }

  /**
   * What one pair of parameters ends with.
   *
   * @param level after the last day
   * @param seasons after the last day, by {@link #weekday}
   * @param errors one-step errors, NaN where the day is missing
   */
  record State(double level, double[] seasons, double[] errors) {}

  State run(double alpha, double gamma) {
    double last = level;
    double[] season = seasons.clone();
    double[] errors = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      int k = weekday(t);
      double error = values[t] - (last + season[k]);
      errors[t] = error;
      if (!Double.isNaN(error)) {
        last += alpha * error;
        season[k] += gamma * error;
      }
    }
    return new State(last, season, errors);
  }
}
