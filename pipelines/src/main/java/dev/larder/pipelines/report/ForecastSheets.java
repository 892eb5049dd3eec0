package dev.larder.pipelines.report;

import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.mart.MartRun;
import dev.larder.pipelines.run.ForecastRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forecasts of a lake with their history, cut to what a page can hold: the largest groups, and
 * of a group with very many series the largest of these.
 */
final class ForecastSheets {
  /** Groups on the page, of each forecast. */
  static final int MAX_GROUPS = 60;

  /** Days of history on the page. */
  static final int HISTORY_DAYS = 42;

  /** Numbers on the page, of all forecasts together: some 3 MB of text. */
  static final int MAX_NUMBERS = 400_000;

  private static final int LINES = 3;

  private final String lake;
  private final List<PastRun> runs;
  private final List<String> notes;

  /**
   * @param notes takes a sentence for what cannot be shown
   */
  ForecastSheets(String lake, List<PastRun> runs, List<String> notes) {
    this.lake = lake;
    this.runs = runs;
    this.notes = notes;
  }

  /**
   * @param tables of the lake
   */
  List<ForecastSheet> of(List<LakeTable> tables) {
    List<String> names =
        tables.stream()
            .map(LakeTable::name)
            .filter(name -> name.startsWith(ForecastRun.table("")))
            .toList();
    List<ForecastSheet> sheets = new ArrayList<>();
    for (String name : names) {
      DeltaSnapshot stored = DeltaTable.of(lake, name).latest();
      if (LatestForecast.isIn(stored)) {
        LatestForecast.of(stored)
            .ifPresent(latest -> sheets.add(sheet(name, latest, MAX_NUMBERS / names.size())));
      } else {
        notes.add(ReportErrors.notAForecast(name));
      }
    }
    return sheets;
  }

  private ForecastSheet sheet(String table, LatestForecast latest, int maxNumbers) {
    MartColumns columns = MartColumns.of(table, runs);
    int firstDay = latest.originDay() - HISTORY_DAYS + 1;
    int maxSeries = Math.max(1, maxNumbers / (HISTORY_DAYS + LINES * latest.days()));
    Map<String, List<SeriesForecast>> shown = largest(latest.groups(), maxSeries);
    Optional<MartHistory> history = history(table, columns, shown, firstDay, latest.originDay());
    List<ForecastSheet.Group> groups = new ArrayList<>();
    shown.forEach(
        (label, series) ->
            groups.add(
                new ForecastSheet.Group(
                    label,
                    series.stream().map(one -> series(one, history)).toList(),
                    latest.groups().get(label).size() - series.size())));
    return new ForecastSheet(
        table,
        latest.originDay(),
        firstDay,
        latest.firstDay(),
        latest.days(),
        columns.value(),
        String.join(", ", columns.groups()),
        String.join(", ", columns.items()),
        groups,
        latest.groups().size(),
        latest.series());
  }

  /** The first groups, each as a whole, as long as they fit; the first one cut if it does not. */
  static Map<String, List<SeriesForecast>> largest(
      Map<String, List<SeriesForecast>> groups, int maxSeries) {
    Map<String, List<SeriesForecast>> shown = new LinkedHashMap<>();
    int left = maxSeries;
    for (Map.Entry<String, List<SeriesForecast>> group : groups.entrySet()) {
      List<SeriesForecast> series = group.getValue();
      if (shown.isEmpty()) {
        series = series.subList(0, Math.min(left, series.size()));
      }
      if (shown.size() == MAX_GROUPS || series.size() > left) {
        break;
      }
      shown.put(group.getKey(), series);
      left -= series.size();
    }
    return shown;
  }

  private Optional<MartHistory> history(
      String table,
      MartColumns columns,
      Map<String, List<SeriesForecast>> shown,
      int firstDay,
      int lastDay) {
    String mart = MartRun.table(table.substring(ForecastRun.table("").length()));
    try {
      DeltaSnapshot stored = DeltaTable.of(lake, mart).latest();
      return Optional.of(MartHistory.read(stored, columns, shown.keySet(), firstDay, lastDay));
    } catch (LarderException e) {
      notes.add(ReportErrors.noHistory(table, e.getMessage()));
      return Optional.empty();
    }
  }

  private static ForecastSheet.Series series(SeriesForecast one, Optional<MartHistory> history) {
    return new ForecastSheet.Series(
        one.item,
        one.model,
        Figures.rounded(one.score),
        history.map(past -> Figures.rounded(past.of(one.group, one.item))).orElse(List.of()),
        Figures.rounded(one.mean),
        Figures.rounded(one.lo80),
        Figures.rounded(one.hi80));
  }
}
