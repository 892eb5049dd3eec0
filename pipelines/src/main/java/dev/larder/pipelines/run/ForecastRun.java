package dev.larder.pipelines.run;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.mart.MartRun;
import dev.larder.pipelines.options.ForecastOptions;
import dev.larder.transforms.forecast.ForecastSeries;
import dev.larder.transforms.forecast.ForecastTable;
import dev.larder.transforms.forecast.Observation;
import dev.larder.transforms.forecast.ObservationCoder;
import dev.larder.transforms.forecast.SeriesKey;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/** Forecasts the days to come of a daily mart, into the table {@code forecasts/MART}. */
public final class ForecastRun {
  private static final String FOLDER = "forecasts/";
  private static final String TRANSACTION = "forecast";

  private final ForecastOptions options;
  private final Console console;

  public ForecastRun(ForecastOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  /** The table of a mart's forecasts, below the lake. */
  public static String table(String mart) {
    return FOLDER + mart;
  }

  public void run(RunReport report) {
    String mart = MartRun.table(options.getMart());
    DeltaSnapshot history =
        DeltaTable.of(options.getLake(), mart)
            .find()
            .orElseThrow(
                () ->
                    new UserException(
                        String.format(
                            "--mart=%s: the lake %s has no table %s. Run `larder mart` first.",
                            options.getMart(), options.getLake(), mart)));
    List<String> groups = orDefault(options.getGroupColumns(), MartSeries.GROUP_COLUMNS);
    List<String> items = orDefault(options.getItemColumns(), MartSeries.ITEM_COLUMNS);
    checkColumns(history.schema(), groups, items);
    LocalDate lastDay = lastDay(history);
    String forecasts = table(options.getMart());
    Pipelines run =
        Pipelines.run(
            options, pipeline -> build(pipeline, mart, forecasts, groups, items, lastDay));
    long series = run.counter("series_forecast");
    console.step(
        "Forecast: %,d series, %d days from %s", series, options.getHorizon(), lastDay.plusDays(1));
    report.put("series", series).put("last_day", lastDay.toString()).put("table", forecasts);
    report
        .put("group_columns", String.join(",", groups))
        .put("item_columns", String.join(",", items))
        .put("day_column", options.getDayColumn())
        .put("value_column", options.getValueColumn());
  }

  private void build(
      Pipeline pipeline,
      String mart,
      String forecasts,
      List<String> groups,
      List<String> items,
      LocalDate lastDay) {
    List<String> columns = new ArrayList<>(groups);
    columns.addAll(items);
    columns.add(options.getDayColumn());
    columns.add(options.getValueColumn());
    pipeline
        .apply("Read mart", DeltaIO.readRows().from(options.getLake(), mart).withColumns(columns))
        .apply("As observations", ParDo.of(new ObservationFn(groups.size(), items.size())))
        .setCoder(ObservationCoder.of())
        .apply(
            "Forecast",
            ForecastSeries.after(lastDay).to(forecasts).withHorizon(options.getHorizon()))
        .apply(
            "Write forecasts",
            DeltaIO.mergeRows()
                .to(options.getLake())
                .withTables(List.of(ForecastTable.spec(forecasts)))
                .withTransaction(TRANSACTION, System.currentTimeMillis()));
  }

  private void checkColumns(RowSchema schema, List<String> groups, List<String> items) {
    List<String> all = new ArrayList<>(groups);
    all.addAll(items);
    all.add(options.getValueColumn());
    all.add(options.getDayColumn());
    for (String column : all) {
      if (schema.find(column) < 0) {
        throw new UserException(
            String.format(
                "mart %s has no column \"%s\". Its columns: %s.",
                options.getMart(), column, String.join(", ", schema.names())));
      }
    }
    ColumnType day = schema.column(schema.position(options.getDayColumn())).type();
    if (day.kind() != Kind.DATE) {
      throw new UserException(
          String.format(
              "--dayColumn=%s is of type %s, it must be a date. Cast it in the mart's SQL.",
              options.getDayColumn(), day));
    }
  }

  private LocalDate lastDay(DeltaSnapshot history) {
    if (options.getLastDay() != null) {
      try {
        return LocalDate.parse(options.getLastDay());
      } catch (DateTimeParseException e) {
        throw new UserException(
            "--lastDay=" + options.getLastDay() + " is no date. Write it like 2026-11-20.", e);
      }
    }
    int newest = Integer.MIN_VALUE;
    try (RowIterator rows = history.rows(List.of(options.getDayColumn()))) {
      while (rows.hasNext()) {
        Object day = rows.next()[0];
        newest = day == null ? newest : Math.max(newest, (Integer) day);
      }
    }
    if (newest == Integer.MIN_VALUE) {
      throw new UserException("mart " + options.getMart() + " is empty: there is no history.");
    }
    return LocalDate.ofEpochDay(newest).minusDays(1);
  }

  private static List<String> orDefault(List<String> given, List<String> otherwise) {
    return given == null || given.isEmpty() ? otherwise : given;
  }

  /**
   * Rows of group columns, item columns, day and value; rows without a day or value are no news.
   */
  private static final class ObservationFn extends DoFn<TableRow, Observation> {
    private static final long serialVersionUID = 1L;
    private final int groups;
    private final int items;

    ObservationFn(int groups, int items) {
      this.groups = groups;
      this.items = items;
    }

    @ProcessElement
    public void process(@Element TableRow row, OutputReceiver<Observation> out) {
      Object day = row.values()[groups + items];
      Object value = row.values()[groups + items + 1];
      if (day != null && value != null) {
        SeriesKey key = MartSeries.key(row.schema(), row.values(), groups, items);
        out.output(new Observation(key, (Integer) day, ((Number) value).doubleValue()));
      }
    }
  }
}
