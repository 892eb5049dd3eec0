package dev.larder.pipelines.report;

import java.util.List;

/**
 * The latest forecast of a mart, as far as the page shows it. Days are days since 1970-01-01; lists
 * of values hold one value a day, null where there is none.
 *
 * @param table of the forecasts, below the lake
 * @param originDay the last day that was known
 * @param historyDay day of the first value of {@link Series#history}
 * @param firstDay day of the first value of {@link Series#mean}
 * @param days number of days that are forecast
 * @param unit name of the mart's column that is forecast
 * @param groups the largest first, by their expected totals
 * @param groupsInLake number of all groups
 * @param seriesInLake number of all series
 */
record ForecastSheet(
    String table,
    int originDay,
    int historyDay,
    int firstDay,
    int days,
    String unit,
    String groupColumns,
    String itemColumns,
    List<Group> groups,
    int groupsInLake,
    long seriesInLake) {

  /**
   * @param series the largest first, by their expected totals
   * @param seriesLeftOut number of series that are not on the page
   */
  record Group(String label, List<Series> series, int seriesLeftOut) {}

  /**
   * @param score null if there is none
   * @param history up to the origin day; empty if the mart could not be read
   */
  record Series(
      String item,
      String model,
      Number score,
      List<Number> history,
      List<Number> mean,
      List<Number> lo80,
      List<Number> hi80) {}
}
