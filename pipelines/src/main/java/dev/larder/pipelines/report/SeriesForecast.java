package dev.larder.pipelines.report;

import java.util.Arrays;

/** A series' latest forecast while it is collected: a value a day, NaN where there is none. */
final class SeriesForecast {
  final String group;
  final String item;
  final double[] mean;
  final double[] lo80;
  final double[] hi80;
  String model = "";
  double score = Double.NaN;

  SeriesForecast(String group, String item, int days) {
    this.group = group;
    this.item = item;
    this.mean = missing(days);
    this.lo80 = missing(days);
    this.hi80 = missing(days);
  }

  /** What is expected of all days together. */
  double total() {
    return Arrays.stream(mean).filter(Double::isFinite).sum();
  }

  private static double[] missing(int days) {
    double[] values = new double[days];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
