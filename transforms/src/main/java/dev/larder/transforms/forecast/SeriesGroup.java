package dev.larder.transforms.forecast;

import java.util.List;

/**
 * Series over the same days, so that a model may learn from all of them at once.
 *
 * @param series all with the same first and last day
 */
public record SeriesGroup(List<DailySeries> series) {

  /**
   * @throws IllegalArgumentException if two series cover different days
   */
  public SeriesGroup {
    series = List.copyOf(series);
    for (DailySeries one : series) {
      DailySeries first = series.get(0);
      if (one.firstDay() != first.firstDay() || one.length() != first.length()) {
        throw new IllegalArgumentException("series of a group differ: " + first + ", " + one);
      }
    }
  }

  /** Every series cut, or lengthened by missing days, so that it ends with the given day. */
  public SeriesGroup until(int lastDay) {
    return new SeriesGroup(series.stream().map(one -> one.until(lastDay)).toList());
  }

  /** Number of days that are not missing in all series. */
  public int openDays() {
    if (series.isEmpty()) {
      return 0;
    }
    int open = 0;
    for (int day = series.get(0).firstDay(); day <= series.get(0).lastDay(); day++) {
      int theDay = day;
      if (series.stream().anyMatch(one -> !Double.isNaN(one.on(theDay)))) {
        open++;
      }
    }
    return open;
  }
}
