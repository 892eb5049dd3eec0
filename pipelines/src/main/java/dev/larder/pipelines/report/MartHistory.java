package dev.larder.pipelines.report;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import dev.larder.pipelines.run.MartSeries;
import dev.larder.transforms.forecast.ClosedDays;
import dev.larder.transforms.forecast.DailySeries;
import dev.larder.transforms.forecast.Observation;
import dev.larder.transforms.forecast.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was used on the days before a forecast, formed as the forecast forms it ({@link
 * ClosedDays}): NaN on days on which a group was closed.
 */
final class MartHistory {
  private final int firstDay;
  private final int lastDay;
  private final Map<String, List<DailySeries>> groups = new HashMap<>();

  private MartHistory(int firstDay, int lastDay) {
    this.firstDay = firstDay;
    this.lastDay = lastDay;
  }

  /**
   * Reads the history of some groups, in one pass over the mart's days.
   *
   * @throws UserException if the mart lacks a column or its days are no dates
   */
  static MartHistory read(
      DeltaSnapshot mart, MartColumns columns, Set<String> wanted, int firstDay, int lastDay) {
    requireDates(mart, columns);
    Map<String, List<Observation>> observations = new HashMap<>();
    RowSchema schema =
        RowSchema.of(columns.all().stream().map(name -> column(mart, name)).toList());
    int groups = columns.groups().size();
    int items = columns.items().size();
    Filter days = Filter.between(columns.day(), firstDay, lastDay);
    try (RowIterator rows = mart.rows(columns.all(), days)) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        SeriesKey key = MartSeries.key(schema, row, groups, items);
        Object value = row[groups + items + 1];
        if (wanted.contains(key.group()) && value instanceof Number number) {
          observations
              .computeIfAbsent(key.group(), any -> new ArrayList<>())
              .add(new Observation(key, (Integer) row[groups + items], number.doubleValue()));
        }
      }
    }
    MartHistory history = new MartHistory(firstDay, lastDay);
    observations.forEach(
        (group, seen) ->
            history.groups.put(group, ClosedDays.series(seen, firstDay, lastDay).series()));
    return history;
  }

  /** A value a day; an item that was not used on an open day has 0. */
  double[] of(String group, String item) {
    double[] values = new double[lastDay - firstDay + 1];
    Arrays.fill(values, Double.NaN);
    List<DailySeries> known = groups.getOrDefault(group, List.of());
    if (known.isEmpty()) {
      return values;
    }
    DailySeries used =
        known.stream().filter(series -> series.key().item().equals(item)).findFirst().orElse(null);
    for (int day = firstDay; day <= lastDay; day++) {
      boolean open = !Double.isNaN(known.get(0).on(day));
      values[day - firstDay] = used != null ? used.on(day) : open ? 0 : Double.NaN;
    }
    return values;
  }

  private static void requireDates(DeltaSnapshot mart, MartColumns columns) {
    for (String name : columns.all()) {
      if (mart.schema().find(name) < 0) {
        throw new UserException(
            String.format(
                "the mart has no column \"%s\". Its columns: %s.",
                name, String.join(", ", mart.schema().names())));
      }
    }
    if (column(mart, columns.day()).type().kind() != Kind.DATE) {
      throw new UserException(
          String.format("the mart's column \"%s\" holds no dates.", columns.day()));
    }
  }

  private static Column column(DeltaSnapshot mart, String name) {
    return mart.schema().column(mart.schema().position(name));
  }
}
