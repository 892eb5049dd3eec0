package dev.larder.transforms.forecast;

/**
 * How good forecasts were. Days that turned out missing are not scored. MAE, MSE, sMAPE, MASE and
 * MSIS80 are means over (series, origin), each with equal weight; the others are over all days.
 *
 * @param points number of scored days
 * @param mase MAE divided by {@link #scale}; pairs whose scale is 0 or unknown are left out
 * @param wape 100 * sum of absolute errors / sum of actual values
 * @param wapeTotal the same for the totals over the horizon: the decision how much to buy
 * @param bias 100 * (sum of forecasts - sum of actual values) / sum of actual values
 * @param cov80 percent of days inside the interval, 80 if it tells the truth
 * @param msis80 mean scaled interval score: width, plus 10 times what lies outside, divided by
 *     {@link #scale}
 */
public record Scores(
    int points,
    double mae,
    double mse,
    double smape,
    double mase,
    double wape,
    double wapeTotal,
    double bias,
    double cov80,
    double msis80) {
  private static final int WEEK = 7;

  /** Price of a unit outside of an 80 % interval: 2 / (1 - 0.8). */
  private static final double OUTSIDE = 10;

  /**
   * The mean of {@code |y[t] - y[t-7]|} over the pairs with both days known: what MASE is measured
   * in. NaN without a pair.
   */
  public static double scale(DailySeries training) {
    double[] y = training.values();
    double sum = 0;
    int pairs = 0;
    for (int t = WEEK; t < y.length; t++) {
      double difference = Math.abs(y[t] - y[t - WEEK]);
      if (!Double.isNaN(difference)) {
        sum += difference;
        pairs++;
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** What the scored days of one (series, origin) pair add up to. */
  private static final class Days {
    private int scored;
    private int covered;
    private double absolute;
    private double squared;
    private double relative;
    private double interval;
    private double actual;
    private double forecast;

    void add(double y, double f, double lo, double hi) {
      double error = Math.abs(f - y);
      double outside = Math.max(lo - y, 0) + Math.max(y - hi, 0);
      scored++;
      covered += outside == 0 ? 1 : 0;
      absolute += error;
      squared += error * error;
      relative += error == 0 ? 0 : 2 * error / (Math.abs(f) + Math.abs(y));
      interval += hi - lo + OUTSIDE * outside;
      actual += y;
      forecast += f;
    }
  }

  /** Gathers (series, origin) pairs. Not safe for use by several threads. */
  public static final class Tally {
    private final Days all = new Days();
    private int pairs;
    private int scaledPairs;
    private double mae;
    private double mse;
    private double smape;
    private double mase;
    private double msis;
    private double totals;

    /**
     * Scores one prediction.
     *
     * @param training what the prediction was made from; its last day is the origin
     * @param truth the series with the days after the origin; days it lacks are not scored
     */
    public void add(DailySeries training, DailySeries truth, Prediction prediction) {
      Days days = new Days();
      for (int h = 0; h < prediction.horizon(); h++) {
        double y = truth.on(training.lastDay() + 1 + h);
        if (!Double.isNaN(y)) {
          days.add(y, prediction.mean(h), prediction.lo80(h), prediction.hi80(h));
          all.add(y, prediction.mean(h), prediction.lo80(h), prediction.hi80(h));
        }
      }
      if (days.scored > 0) {
        add(days, scale(training));
      }
    }

    private void add(Days days, double scale) {
      pairs++;
      mae += days.absolute / days.scored;
      mse += days.squared / days.scored;
      smape += 100 * days.relative / days.scored;
      totals += Math.abs(days.forecast - days.actual);
      if (scale > 0) {
        scaledPairs++;
        mase += days.absolute / days.scored / scale;
        msis += days.interval / days.scored / scale;
      }
    }

    /** The scores so far; NaN where nothing could be scored. */
    public Scores scores() {
      return new Scores(
          all.scored,
          mae / pairs,
          mse / pairs,
          smape / pairs,
          mase / scaledPairs,
          100 * all.absolute / all.actual,
          100 * totals / all.actual,
          100 * (all.forecast - all.actual) / all.actual,
          100.0 * all.covered / all.scored,
          msis / scaledPairs);
    }
  }
}
