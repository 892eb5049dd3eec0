package dev.larder.transforms.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Series that the tests of this package share. */
final class TestSeries {
  static final SeriesKey KEY = new SeriesKey("DE|00012", "CHEESE");
  static final int MONDAY = 18_631; // 2021-01-04

  private TestSeries() {}

  static DailySeries from(double... values) {
    return DailySeries.of(KEY, MONDAY, values);
  }

  static DailySeries of(int days, IntToDoubleFunction value) {
    return from(IntStream.range(0, days).mapToDouble(value).toArray());
  }

  /** A level of 50, a weekday pattern, noise from a seed. */
  static DailySeries noisy(int days, long seed) {
    Random random = new Random(seed);
    double[] pattern = {-8, -5, -2, 0, 9, 12, -6};
    return of(days, t -> Math.max(0, 50 + pattern[t % 7] + 5 * random.nextGaussian()));
  }

  /** Every weekday a random walk of its own about 500, from a seed. */
  static DailySeries drifting(int days, long seed) {
    Random random = new Random(seed);
    double[] values = new double[days];
    for (int t = 0; t < days; t++) {
      values[t] = (t < 7 ? 500 : values[t - 7]) + 5 * random.nextGaussian();
    }
    return from(values);
  }

  static DailySeries repeated(int days, double value) {
    double[] values = new double[days];
    Arrays.fill(values, value);
    return from(values);
  }

  static SeriesGroup group(DailySeries... series) {
    return new SeriesGroup(List.of(series));
  }

  static double[] means(Prediction prediction) {
    return IntStream.range(0, prediction.horizon()).mapToDouble(prediction::mean).toArray();
  }

  static double[] lows(Prediction prediction) {
    return IntStream.range(0, prediction.horizon()).mapToDouble(prediction::lo80).toArray();
  }

  static double[] highs(Prediction prediction) {
    return IntStream.range(0, prediction.horizon()).mapToDouble(prediction::hi80).toArray();
  }
}
