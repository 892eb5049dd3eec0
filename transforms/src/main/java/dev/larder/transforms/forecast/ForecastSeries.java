package dev.larder.transforms.forecast;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Forecasts the days after an origin day for every series there is.
 *
 * <p><b>Input</b>: observations, bounded, in the global window, in any order. Those after the
 * origin day, or older than the history that is asked for, are not used. {@link ClosedDays} says
 * which days are missing and which are 0.
 *
 * <p><b>Output</b>: rows of {@link ForecastTable}, {@code horizon} a series that has an
 * observation.
 *
 * <p><b>Guarantees</b>: a row depends on the observations of its group only, not on their order,
 * the runner or the time of day.
 *
 * <p><b>Cost</b>: one shuffle of all observations, in blocks by group; the series of one group are
 * in memory together (8 bytes a day and series) and are forecast by one worker thread.
 *
 * <p><b>Metrics</b>: {@code series_forecast}.
 */
public final class ForecastSeries
    extends PTransform<PCollection<Observation>, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;
  private static final int HORIZON_DAYS = 10;
  private static final int HISTORY_DAYS = 3 * 366;

  /** Observations that a worker thread holds back, at most; some 15 MB. */
  static final int MAX_HELD = 100_000;

  private final int originDay;
  private final String table;
  private final int horizon;
  private final int historyDays;
  private final RollingOrigin models;

  private ForecastSeries(
      int originDay, String table, int horizon, int historyDays, RollingOrigin models) {
    this.originDay = originDay;
    this.table = table;
    this.horizon = horizon;
    this.historyDays = historyDays;
    this.models = models;
  }

  /**
   * Forecasts from the last day that is completely known: 10 days, from at most three years of
   * history, by {@link RollingOrigin#standard}, into {@code forecasts/daily}.
   */
  public static ForecastSeries after(LocalDate originDay) {
    return new ForecastSeries(
        Math.toIntExact(originDay.toEpochDay()),
        "forecasts/daily",
        HORIZON_DAYS,
        HISTORY_DAYS,
        RollingOrigin.standard());
  }

  /**
   * @param name the table's path below the lake, as in {@link ForecastTable#spec}
   */
  public ForecastSeries to(String name) {
    return new ForecastSeries(
        originDay, Objects.requireNonNull(name, "name"), horizon, historyDays, models);
  }

  /**
   * @param days to forecast, at least 1
   */
  public ForecastSeries withHorizon(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("a horizon of " + days + " days, at least 1 is needed");
    }
    return new ForecastSeries(originDay, table, days, historyDays, models);
  }

  /**
   * @param days how far back observations are used, the origin day included, at least 1
   */
  public ForecastSeries withHistory(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("a history of " + days + " days, at least 1 is needed");
    }
    return new ForecastSeries(originDay, table, horizon, days, models);
  }

  public ForecastSeries withModels(RollingOrigin choice) {
    return new ForecastSeries(
        originDay, table, horizon, historyDays, Objects.requireNonNull(choice, "choice"));
  }

  @Override
  public PCollection<TableRow> expand(PCollection<Observation> observations) {
    requireGlobalWindow(observations);
    return observations
        .apply("Gather blocks", ParDo.of(new GatherBlocksFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ListCoder.of(ObservationCoder.of())))
        .apply("Gather groups", GroupByKey.create())
        .apply("Forecast groups", ParDo.of(new ForecastGroupFn(this)))
        .setCoder(TableRowCoder.of());
  }

  private static void requireGlobalWindow(PCollection<Observation> observations) {
    if (!(observations.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "Observations are windowed by "
              + observations.getWindowingStrategy().getWindowFn()
              + ". A series needs all of its days: apply Window.into(new GlobalWindows()) before.");
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("originDay", LocalDate.ofEpochDay(originDay).toString()))
        .add(DisplayData.item("table", table))
        .add(DisplayData.item("horizonDays", horizon))
        .add(DisplayData.item("historyDays", historyDays));
  }

  /** Puts the observations of a bundle together by group: a shuffle is paid by the element. */
  static final class GatherBlocksFn extends DoFn<Observation, KV<String, List<Observation>>> {
    private static final long serialVersionUID = 1L;
    private transient Map<String, List<Observation>> blocks;
    private transient int held;

    @StartBundle
    public void start() {
      blocks = new HashMap<>();
      held = 0;
    }

    @ProcessElement
    public void process(
        @Element Observation observation, OutputReceiver<KV<String, List<Observation>>> out) {
      blocks
          .computeIfAbsent(observation.key().group(), group -> new ArrayList<>())
          .add(observation);
      if (++held >= MAX_HELD) {
        blocks.forEach((group, block) -> out.output(KV.of(group, block)));
        start();
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      blocks.forEach(
          (group, block) ->
              context.output(
                  KV.of(group, block),
                  GlobalWindow.INSTANCE.maxTimestamp(),
                  GlobalWindow.INSTANCE));
    }
  }

  static final class ForecastGroupFn
      extends DoFn<KV<String, Iterable<List<Observation>>>, TableRow> {
    private static final long serialVersionUID = 1L;
    private final Counter forecastSeries = Metrics.counter(ForecastSeries.class, "series_forecast");
    private final int originDay;
    private final int horizon;
    private final int firstDay;
    private final String table;
    private final RollingOrigin models;

    ForecastGroupFn(ForecastSeries spec) {
      originDay = spec.originDay;
      horizon = spec.horizon;
      firstDay = spec.originDay - spec.historyDays + 1;
      table = spec.table;
      models = spec.models;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<List<Observation>>> group, OutputReceiver<TableRow> rows) {
      List<Observation> observations = new ArrayList<>();
      group.getValue().forEach(observations::addAll);
      SeriesGroup series = ClosedDays.series(observations, firstDay, originDay);
      for (Forecast forecast : models.forecast(series, originDay, horizon)) {
        rows.output(ForecastTable.row(table, originDay, forecast));
      }
      forecastSeries.inc(series.series().size());
    }
  }
}
