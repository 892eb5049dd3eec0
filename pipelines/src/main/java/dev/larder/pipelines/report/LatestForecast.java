package dev.larder.pipelines.report;

import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import dev.larder.transforms.forecast.ForecastTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All series of a forecast table from its latest origin day.
 *
 * <p><b>Cost</b>: the origin days are read twice, else only rows of the latest; all of these are in
 * memory, some 400 bytes a series of ten days.
 *
 * @param firstDay the first forecast day, days since 1970-01-01
 * @param groups the series of each group; groups and series with the largest totals first
 */
record LatestForecast(
    int originDay, int firstDay, int days, Map<String, List<SeriesForecast>> groups) {
  private static final String ORIGIN = "origin_day";
  private static final String DAY = "day";
  private static final List<String> COLUMNS =
      List.of("series_group", "series_item", DAY, "mean", "lo80", "hi80", "model", "score");

  /** Whether a table has the columns of a forecast. */
  static boolean isIn(DeltaSnapshot stored) {
    return ForecastTable.SCHEMA.columns().stream()
        .allMatch(
            column -> {
              int position = stored.schema().find(column.name());
              return position >= 0 && stored.schema().column(position).type().equals(column.type());
            });
  }

  /** Empty if the table is. */
  static Optional<LatestForecast> of(DeltaSnapshot stored) {
    int origin = Integer.MIN_VALUE;
    try (RowIterator rows = stored.rows(List.of(ORIGIN))) {
      while (rows.hasNext()) {
        origin = Math.max(origin, (Integer) rows.next()[0]);
      }
    }
    return origin == Integer.MIN_VALUE ? Optional.empty() : Optional.of(of(stored, origin));
  }

  private static LatestForecast of(DeltaSnapshot stored, int origin) {
    Filter latest = Filter.equalTo(ORIGIN, origin);
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    try (RowIterator rows = stored.rows(List.of(DAY), latest)) {
      while (rows.hasNext()) {
        int day = (Integer) rows.next()[0];
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    }
    int days = last - first + 1;
    Map<String, Map<String, SeriesForecast>> groups = new LinkedHashMap<>();
    try (RowIterator rows = stored.rows(COLUMNS, latest)) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        String group = (String) row[0];
        String item = (String) row[1];
        SeriesForecast series =
            groups
                .computeIfAbsent(group, any -> new LinkedHashMap<>())
                .computeIfAbsent(item, any -> new SeriesForecast(group, item, days));
        int day = (Integer) row[2] - first;
        series.mean[day] = (Double) row[3];
        series.lo80[day] = (Double) row[4];
        series.hi80[day] = (Double) row[5];
        series.model = (String) row[6];
        series.score = row[7] == null ? Double.NaN : (Double) row[7];
      }
    }
    return new LatestForecast(origin, first, days, largestFirst(groups));
  }

  private static Map<String, List<SeriesForecast>> largestFirst(
      Map<String, Map<String, SeriesForecast>> groups) {
    List<List<SeriesForecast>> sorted = new ArrayList<>();
    for (Map<String, SeriesForecast> items : groups.values()) {
      List<SeriesForecast> series = new ArrayList<>(items.values());
      series.sort(
          Comparator.comparingDouble(SeriesForecast::total)
              .reversed()
              .thenComparing(one -> one.item));
      sorted.add(series);
    }
    sorted.sort(
        Comparator.comparingDouble(LatestForecast::total)
            .reversed()
            .thenComparing(series -> series.get(0).group));
    Map<String, List<SeriesForecast>> result = new LinkedHashMap<>();
    sorted.forEach(series -> result.put(series.get(0).group, series));
    return result;
  }

  private static double total(List<SeriesForecast> series) {
    return series.stream().mapToDouble(SeriesForecast::total).sum();
  }

  long series() {
    return groups.values().stream().mapToLong(List::size).sum();
  }
}
