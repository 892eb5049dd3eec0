package dev.larder.transforms.forecast;

import static dev.larder.transforms.forecast.TestSeries.highs;
import static dev.larder.transforms.forecast.TestSeries.lows;
import static dev.larder.transforms.forecast.TestSeries.means;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for any series, with gaps anywhere. */
class ForecastPropertyTest {
  private static final int HORIZON = 16;

  @Property(tries = 300)
  void everyStepIsFiniteNotNegativeAndInsideItsInterval(
      @ForAll("series") DailySeries series, @ForAll("models") SingleSeriesForecaster model) {
    Prediction prediction = model.forecast(series, HORIZON);

    assertThat(prediction.horizon(), is(HORIZON));
    for (int h = 0; h < HORIZON; h++) {
      assertThat(Double.isFinite(prediction.hi80(h)), is(true));
      assertThat(prediction.lo80(h), is(greaterThanOrEqualTo(0.0)));
      assertThat(prediction.mean(h), is(greaterThanOrEqualTo(prediction.lo80(h))));
      assertThat(prediction.mean(h), is(lessThanOrEqualTo(prediction.hi80(h))));
    }
  }

  @Property(tries = 200)
  void theSameSeriesHasTheSameForecastToTheLastBit(@ForAll("series") DailySeries series) {
    SeriesGroup group = TestSeries.group(series);

    assertThat(
        RollingOrigin.standard().forecast(group, series.lastDay(), HORIZON),
        is(RollingOrigin.standard().forecast(group, series.lastDay(), HORIZON)));
  }

  /** Powers of two, so that nothing is rounded and equality is exact. */
  @Property(tries = 200)
  void aSeriesInAnotherUnitHasTheForecastInThatUnit(
      @ForAll("series") DailySeries series,
      @ForAll("models") SingleSeriesForecaster model,
      @ForAll @IntRange(min = -8, max = 8) int exponent) {
    double unit = Math.pow(2, exponent);
    double[] scaled = Arrays.stream(series.values()).map(value -> value * unit).toArray();

    Prediction expected = model.forecast(series, HORIZON);
    Prediction prediction = model.forecast(TestSeries.from(scaled), HORIZON);

    assertThat(means(prediction), is(times(means(expected), unit)));
    assertThat(lows(prediction), is(times(lows(expected), unit)));
    assertThat(highs(prediction), is(times(highs(expected), unit)));
  }

  /** High values, so that no bound is clipped; whole ones, so that little is rounded. */
  @Property(tries = 200)
  void aHigherSeriesHasAForecastHigherByAsMuch(
      @ForAll("high") DailySeries series,
      @ForAll("models") SingleSeriesForecaster model,
      @ForAll @IntRange(max = 5000) int rise) {
    double[] higher = Arrays.stream(series.values()).map(value -> value + rise).toArray();

    Prediction expected = model.forecast(series, HORIZON);
    Prediction prediction = model.forecast(TestSeries.from(higher), HORIZON);

    for (int h = 0; h < HORIZON; h++) {
      assertThat(prediction.mean(h), is(closeTo(expected.mean(h) + rise, 1e-6)));
      assertThat(prediction.lo80(h), is(closeTo(expected.lo80(h) + rise, 1e-6)));
      assertThat(prediction.hi80(h), is(closeTo(expected.hi80(h) + rise, 1e-6)));
    }
  }

  @Property(tries = 100)
  void theCalendarsZeroDoesNotMatter(
      @ForAll("series") DailySeries series,
      @ForAll("models") SingleSeriesForecaster model,
      @ForAll @IntRange(min = -400, max = 400) int weeks) {
    DailySeries later =
        DailySeries.of(series.key(), series.firstDay() + 7 * weeks, series.values());

    assertThat(means(model.forecast(later, HORIZON)), is(means(model.forecast(series, HORIZON))));
  }

  @Property(tries = 100)
  void whatComesAfterTheOriginDayDoesNotMatter(
      @ForAll("series") DailySeries series, @ForAll @IntRange(max = 40) int cut) {
    int origin = series.lastDay() - cut;

    assertThat(
        RollingOrigin.standard().forecast(TestSeries.group(series), origin, 10),
        is(RollingOrigin.standard().forecast(TestSeries.group(series.until(origin)), origin, 10)));
  }

  @Provide
  Arbitrary<SingleSeriesForecaster> models() {
    return Arbitraries.of(new SeasonalNaive(), new EtsAna());
  }

  /** Counts with many zeros and gaps, 0 to 120 days. */
  @Provide
  Arbitrary<DailySeries> series() {
    return Arbitraries.<Double>frequencyOf(
            tuple(6, Arbitraries.integers().between(0, 5000).map(i -> i / 8.0)),
            tuple(2, Arbitraries.just(0.0)),
            tuple(1, Arbitraries.just(Double.NaN)))
        .list()
        .ofMaxSize(120)
        .map(ForecastPropertyTest::seriesOf);
  }

  @Provide
  Arbitrary<DailySeries> high() {
    return Arbitraries.<Double>frequencyOf(
            tuple(8, Arbitraries.integers().between(100_000, 100_050).map(i -> (double) i)),
            tuple(1, Arbitraries.just(Double.NaN)))
        .list()
        .ofMinSize(15)
        .ofMaxSize(120)
        .filter(values -> values.stream().anyMatch(value -> !value.isNaN()))
        .map(ForecastPropertyTest::seriesOf);
  }

  private static Tuple.Tuple2<Integer, Arbitrary<? extends Double>> tuple(
      int weight, Arbitrary<Double> values) {
    return Tuple.of(weight, values);
  }

  private static DailySeries seriesOf(List<Double> values) {
    return TestSeries.from(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double[] times(double[] values, double unit) {
    return Arrays.stream(values).map(value -> value * unit).toArray();
  }
}
