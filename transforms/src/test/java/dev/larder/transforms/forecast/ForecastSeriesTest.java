package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.junit.Rule;
import org.junit.Test;

public class ForecastSeriesTest {
  private static final LocalDate ORIGIN = LocalDate.of(2024, 5, 31);
  private static final int LAST = (int) ORIGIN.toEpochDay();

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void forecastsEverySeriesOfEveryGroupIntoTheTable() {
    List<Observation> observations = chain();
    List<TableRow> expected = new ArrayList<>();
    observations.stream()
        .collect(Collectors.groupingBy(observation -> observation.key().group()))
        .values()
        .forEach(
            group ->
                RollingOrigin.standard()
                    .forecast(ClosedDays.series(group, 0, LAST), LAST, 3)
                    .forEach(
                        forecast ->
                            expected.add(ForecastTable.row("forecasts/x", LAST, forecast))));

    PCollection<TableRow> rows =
        forecast(observations, ForecastSeries.after(ORIGIN).to("forecasts/x").withHorizon(3));

    PAssert.that(rows).containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    assertThat(seriesForecast(result), is(6L));
    assertThat(expected.size(), is(18));
  }

  @Test
  public void observationsAfterTheOriginDayDoNotMatter() {
    List<Observation> poisoned = new ArrayList<>(chain());
    for (int day = 1; day < 30; day++) {
      poisoned.add(seen("DE|00001", "CHEESE", LAST + day, 1e12));
      poisoned.add(seen("XX|00009", "FUTURE", LAST + day, 1e12));
    }
    ForecastSeries forecasts = ForecastSeries.after(ORIGIN);

    PCollection<TableRow> rows = forecast(poisoned, forecasts);

    PAssert.that(rows).containsInAnyOrder(expected(chain(), 0, RollingOrigin.standard()));
    pipeline.run();
  }

  @Test
  public void observationsOlderThanTheHistoryAreNotUsed() {
    PCollection<TableRow> rows = forecast(chain(), ForecastSeries.after(ORIGIN).withHistory(30));

    PAssert.that(rows).containsInAnyOrder(expected(chain(), LAST - 29, RollingOrigin.standard()));
    pipeline.run();
  }

  @Test
  public void otherModelsPlugIn() {
    RollingOrigin naive = RollingOrigin.among(List.of(new SeasonalNaive()));

    PCollection<TableRow> rows = forecast(chain(), ForecastSeries.after(ORIGIN).withModels(naive));

    PAssert.that(rows).containsInAnyOrder(expected(chain(), 0, naive));
    pipeline.run();
  }

  @Test
  public void aRowHasTheForecastInTheTablesColumns() {
    Forecast forecast =
        new Forecast(new SeriesKey("DE|00001", "CHEESE"), LAST + 1, 5, 4, 7, "ets_ana", Double.NaN);

    TableRow row = ForecastTable.row("forecasts/x", LAST, forecast);

    assertThat(
        row.schema().toString(),
        is(
            "series_group string not null, series_item string not null, origin_day date not null, "
                + "day date not null, mean double not null, lo80 double not null, "
                + "hi80 double not null, model string not null, score double"));
    assertThat(
        row.values(),
        is(new Object[] {"DE|00001", "CHEESE", LAST, LAST + 1, 5.0, 4.0, 7.0, "ets_ana", null}));
  }

  @Test
  public void theTableKeepsTheFirstForecastOfAnOriginDay() {
    assertThat(
        ForecastTable.spec("forecasts/x").rule(),
        is(
            new LoadRule.InsertIfAbsent(
                List.of("series_group", "series_item", "origin_day", "day"))));
  }

  @Test
  public void showsWhatItWillDo() {
    DisplayData shown =
        DisplayData.from(ForecastSeries.after(ORIGIN).withHorizon(5).withHistory(90));

    assertThat(
        shown.items().stream().map(item -> item.getKey() + "=" + item.getValue()).sorted().toList(),
        is(
            List.of(
                "historyDays=90",
                "horizonDays=5",
                "originDay=2024-05-31",
                "table=forecasts/daily")));
  }

  @Test
  public void refusesHorizonsAndHistoriesWithoutADay() {
    ForecastSeries forecasts = ForecastSeries.after(ORIGIN);

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> forecasts.withHorizon(0)).getMessage(),
        is("a horizon of 0 days, at least 1 is needed"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> forecasts.withHistory(0)).getMessage(),
        is("a history of 0 days, at least 1 is needed"));
  }

  @Test
  public void nothingIsLostOrDoubledWhenABundleHoldsMoreThanAWorkerHoldsBack() {
    int many = 2 * ForecastSeries.MAX_HELD + 1;
    PCollection<Observation> observations =
        pipeline
            .apply(Create.of(many))
            .apply(
                FlatMapElements.into(TypeDescriptor.of(Observation.class))
                    .via(n -> Collections.nCopies(n, seen("DE|00001", "CHEESE", LAST, 1))))
            .setCoder(ObservationCoder.of());

    PCollection<TableRow> rows = observations.apply(ForecastSeries.after(ORIGIN));

    List<Observation> once = List.of(seen("DE|00001", "CHEESE", LAST, many));
    PAssert.that(rows).containsInAnyOrder(expected(once, 0, RollingOrigin.standard()));
    pipeline.run();
  }

  @Test
  public void refusesObservationsInOtherWindows() {
    PCollection<Observation> daily =
        pipeline
            .apply(Create.of(chain()).withCoder(ObservationCoder.of()))
            .apply(Window.into(FixedWindows.of(Duration.standardDays(1))));
    pipeline.enableAbandonedNodeEnforcement(false);

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> daily.apply(ForecastSeries.after(ORIGIN)));

    assertThat(
        refused.getMessage(),
        is(
            "Observations are windowed by "
                + FixedWindows.of(Duration.standardDays(1))
                + ". A series needs all of its days: apply Window.into(new GlobalWindows()) before."));
  }

  @Test
  public void observationsSurviveTheirCoder() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(
        ObservationCoder.of(), seen("DE|00001", "Jalapeño", -5, 0.1));
    CoderProperties.coderSerializable(ObservationCoder.of());
    ObservationCoder.of().verifyDeterministic();
  }

  private PCollection<TableRow> forecast(List<Observation> observations, ForecastSeries forecasts) {
    return pipeline
        .apply("Observe", Create.of(observations).withCoder(ObservationCoder.of()))
        .apply("Forecast", forecasts);
  }

  private static List<TableRow> expected(
      List<Observation> observations, int firstDay, RollingOrigin models) {
    return observations.stream()
        .collect(Collectors.groupingBy(observation -> observation.key().group()))
        .values()
        .stream()
        .flatMap(
            group -> models.forecast(ClosedDays.series(group, firstDay, LAST), LAST, 10).stream())
        .map(forecast -> ForecastTable.row("forecasts/daily", LAST, forecast))
        .toList();
  }

  private static long seriesForecast(PipelineResult result) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(ForecastSeries.class, "series_forecast"))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }

  /** Two pizzerias, three ingredients, 120 days, every tenth day closed; in no order. */
  private static List<Observation> chain() {
    Random random = new Random(11);
    List<Observation> observations = new ArrayList<>();
    for (String pizzeria : List.of("DE|00001", "AT|00002")) {
      for (int day = LAST - 119; day <= LAST; day++) {
        for (String item : List.of("CHEESE", "BASIL", "HAM")) {
          if (day % 10 != 0 && random.nextInt(4) > 0) {
            observations.add(seen(pizzeria, item, day, random.nextInt(40) / 2.0));
          }
        }
      }
    }
    Collections.shuffle(observations, random);
    return observations;
  }

  private static Observation seen(String group, String item, int day, double value) {
    return new Observation(new SeriesKey(group, item), day, value);
  }
}
