package dev.larder.transforms.forecast;

/**
 * Says of every day what the last known day of the same weekday had.
 *
 * <p>A weekday of which nothing is known gets the mean of all known days. The interval is Gaussian,
 * with the mean squared weekly difference as variance, times the number of weeks to look back. A
 * series of less than two weeks of known days is continued with its mean.
 *
 * <p><b>Source</b>: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2 and 5.5.
 */
public final class SeasonalNaive implements SingleSeriesForecaster {
  private static final long serialVersionUID = 1L;
  private static final int WEEK = 7;

  @Override
  public String name() {
    return "seasonal_naive";
  }

  @Override
  public Prediction forecast(DailySeries history, int horizon) {
    if (ShortHistory.isShort(history)) {
      return ShortHistory.flat(history, horizon);
    }
    double sigma = weeklySigma(history);
    double[] means = new double[horizon];
    double[] sigmas = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      means[h] = lastOfWeekday(history, history.lastDay() + 1 + h);
      sigmas[h] = sigma * Math.sqrt(h / WEEK + 1);
    }
    return Gaussian.around(means, sigmas);
  }

  private static double lastOfWeekday(DailySeries history, int day) {
    for (int past = day - WEEK; past >= history.firstDay(); past -= WEEK) {
      if (!Double.isNaN(history.on(past))) {
        return history.on(past);
      }
    }
    return history.mean();
  }

  /** Root mean square of the weekly differences; of the deviations from the mean without a pair. */
  private static double weeklySigma(DailySeries history) {
    double mean = history.mean();
    double pairSquares = 0;
    double squares = 0;
    int pairs = 0;
    for (int day = history.firstDay(); day <= history.lastDay(); day++) {
      double value = history.on(day);
      double difference = value - history.on(day - WEEK);
      if (!Double.isNaN(difference)) {
        pairSquares += difference * difference;
        pairs++;
      }
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    return pairs > 0 ? Math.sqrt(pairSquares / pairs) : Math.sqrt(2 * squares / history.observed());
  }
}
