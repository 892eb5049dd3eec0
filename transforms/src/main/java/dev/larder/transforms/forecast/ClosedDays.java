package dev.larder.transforms.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forms the series of a group from its observations, and tells a day on which nothing of an item
 * was used from a day on which the place was closed: a day without any observation in the whole
 * group is missing; on every other day an item without an observation has the value 0.
 */
public final class ClosedDays {
  private static final Comparator<Observation> ORDER =
      Comparator.comparing(Observation::key)
          .thenComparingInt(Observation::day)
          .thenComparingDouble(Observation::value);

  private ClosedDays() {}

  /**
   * One series an item, in the order of their keys, all from the group's first observed day to
   * {@code lastDay}. Observations of one item and day are added up; the result does not depend on
   * the order of the observations.
   *
   * @param observations of one group
   * @param firstDay observations before this day are not read
   * @param lastDay observations after this day are not read, be they there or not
   */
  public static SeriesGroup series(Iterable<Observation> observations, int firstDay, int lastDay) {
    List<Observation> read = new ArrayList<>();
    int first = Integer.MAX_VALUE;
    for (Observation observation : observations) {
      if (observation.day() >= firstDay && observation.day() <= lastDay) {
        read.add(observation);
        first = Math.min(first, observation.day());
      }
    }
    if (read.isEmpty()) {
      return new SeriesGroup(List.of());
    }
    read.sort(ORDER);
    return fill(read, first, lastDay);
  }

  private static SeriesGroup fill(List<Observation> sorted, int first, int lastDay) {
    double[] closed = new double[lastDay - first + 1];
    Arrays.fill(closed, Double.NaN);
    for (Observation observation : sorted) {
      closed[observation.day() - first] = 0;
    }
    Map<SeriesKey, double[]> items = new LinkedHashMap<>();
    for (Observation observation : sorted) {
      items.computeIfAbsent(observation.key(), key -> closed.clone())[observation.day() - first] +=
          observation.value();
    }
    return new SeriesGroup(
        items.entrySet().stream()
            .map(item -> DailySeries.of(item.getKey(), first, item.getValue()))
            .toList());
  }
}
