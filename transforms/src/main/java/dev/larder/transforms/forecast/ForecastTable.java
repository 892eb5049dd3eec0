package dev.larder.transforms.forecast;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.util.List;
import java.util.Map;

/**
 * The table that forecasts are kept in: one row a series, origin day and forecast day.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><th>column</th><th>type</th><th></th></tr>
 * <tr><td>series_group, series_item</td><td>string</td><td>{@link SeriesKey}</td></tr>
 * <tr><td>origin_day</td><td>date</td><td>the last day that was known</td></tr>
 * <tr><td>day</td><td>date</td><td>the forecast day</td></tr>
 * <tr><td>mean, lo80, hi80</td><td>double</td><td>{@link Forecast}, in the unit of the series</td></tr>
 * <tr><td>model</td><td>string</td><td>{@link Forecaster#name}</td></tr>
 * <tr><td>score</td><td>double, nullable</td><td>{@link Forecast#score}, null for NaN</td></tr>
 * </table>
 */
public final class ForecastTable {
  public static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("series_group", ColumnType.STRING),
          Column.required("series_item", ColumnType.STRING),
          Column.required("origin_day", ColumnType.DATE),
          Column.required("day", ColumnType.DATE),
          Column.required("mean", ColumnType.DOUBLE),
          Column.required("lo80", ColumnType.DOUBLE),
          Column.required("hi80", ColumnType.DOUBLE),
          Column.required("model", ColumnType.STRING),
          Column.nullable("score", ColumnType.DOUBLE));

  private static final List<String> KEY =
      List.of("series_group", "series_item", "origin_day", "day");

  private ForecastTable() {}

  /**
   * The table's spec: a forecast once told is kept, so that it can be held against what came; a run
   * that is repeated for the same origin day adds nothing.
   *
   * @param name the table's path below the lake: {@code forecasts/material_consumption}
   */
  public static TableSpec spec(String name) {
    return new TableSpec(name, SCHEMA, new LoadRule.InsertIfAbsent(KEY), 1, Map.of());
  }

  static TableRow row(String table, int originDay, Forecast forecast) {
    return TableRow.put(
        table,
        SCHEMA,
        new Object[] {
          forecast.key().group(),
          forecast.key().item(),
          originDay,
          forecast.day(),
          forecast.mean(),
          forecast.lo80(),
          forecast.hi80(),
          forecast.model(),
          Double.isNaN(forecast.score()) ? null : forecast.score()
        },
        Sequence.BEGINNING);
  }
}
