package dev.larder.transforms.forecast;

import static dev.larder.transforms.forecast.TestSeries.highs;
import static dev.larder.transforms.forecast.TestSeries.lows;
import static dev.larder.transforms.forecast.TestSeries.means;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.Test;

/** What both models say of ordinary and of poor series. */
public class ForecastersTest {
  private static final double NAN = Double.NaN;
  private static final int HORIZON = 9;
  private static final List<SingleSeriesForecaster> MODELS =
      List.of(new SeasonalNaive(), new EtsAna());

  @Test
  public void seasonalNaiveRepeatsTheLastWeek() {
    Prediction prediction =
        new SeasonalNaive().forecast(TestSeries.of(21, t -> t % 7 + 10 * (t / 7)), HORIZON);

    assertThat(means(prediction), is(new double[] {20, 21, 22, 23, 24, 25, 26, 20, 21}));
    double half = Gaussian.Z80 * 10;
    assertThat(prediction.hi80(0), is(closeTo(20 + half, 1e-9)));
    assertThat(prediction.hi80(7), is(closeTo(20 + half * Math.sqrt(2), 1e-9)));
  }

  @Test
  public void seasonalNaiveLooksBehindClosedDays() {
    DailySeries series = TestSeries.of(28, t -> t >= 14 && t % 7 == 2 ? NAN : t);

    Prediction prediction = new SeasonalNaive().forecast(series, 3);

    assertThat(means(prediction), is(new double[] {21, 22, 9}));
  }

  @Test
  public void etsFindsTheWeekdaysOfAPatternWithoutNoise() {
    double[] pattern = {1, 2, 3, 4, 9, 8, 2};

    Prediction prediction = new EtsAna().forecast(TestSeries.of(70, t -> pattern[t % 7]), HORIZON);

    for (int h = 0; h < HORIZON; h++) {
      assertThat(prediction.mean(h), is(closeTo(pattern[h % 7], 1e-9)));
      assertThat(prediction.hi80(h) - prediction.lo80(h), is(closeTo(0, 1e-9)));
    }
  }

  @Test
  public void etsFollowsALevelThatJumped() {
    Prediction prediction = new EtsAna().forecast(TestSeries.of(120, t -> t < 60 ? 10 : 100), 3);

    assertThat(prediction.mean(0), is(closeTo(100, 5)));
  }

  @Test
  public void etsIsHardlyMovedByClosedDays() {
    DailySeries whole = TestSeries.noisy(140, 3);
    double[] holes = whole.values();
    for (int t = 5; t < holes.length; t += 13) {
      holes[t] = NAN;
    }

    Prediction of = new EtsAna().forecast(whole, HORIZON);
    Prediction with = new EtsAna().forecast(TestSeries.from(holes), HORIZON);

    for (int h = 0; h < HORIZON; h++) {
      assertThat(with.mean(h), is(closeTo(of.mean(h), 3)));
    }
  }

  @Test
  public void etsWidensItsIntervalWithTheHorizon() {
    Prediction prediction = new EtsAna().forecast(TestSeries.of(120, t -> 100 + t % 7 + t), 10);

    double near = prediction.hi80(0) - prediction.lo80(0);
    double far = prediction.hi80(9) - prediction.lo80(9);

    assertThat(far, is(greaterThan(near)));
  }

  @Test
  public void theIntervalOfSmoothingCoversFourFifthsOfNoiseAboutAPattern() {
    assertThat(coverage(new EtsAna(), seed -> TestSeries.noisy(150, seed)), is(closeTo(80, 3)));
  }

  @Test
  public void theIntervalOfTheLastWeekCoversFourFifthsOfWeeksThatDrift() {
    assertThat(
        coverage(new SeasonalNaive(), seed -> TestSeries.drifting(150, seed)), is(closeTo(80, 3)));
  }

  private static double coverage(SingleSeriesForecaster model, IntFunction<DailySeries> series) {
    Scores.Tally tally = new Scores.Tally();
    for (int seed = 0; seed < 200; seed++) {
      DailySeries truth = series.apply(seed);
      DailySeries known = truth.until(truth.lastDay() - 10);
      tally.add(known, truth, model.forecast(known, 10));
    }
    return tally.scores().cov80();
  }

  @Test
  public void aWeekdayThatIsAlwaysClosedIsForecastAsADayOfTheMean() {
    DailySeries series = TestSeries.of(56, t -> t % 7 == 0 ? NAN : 6);

    for (SingleSeriesForecaster model : MODELS) {
      assertThat(model.name(), model.forecast(series, 1).mean(0), is(closeTo(6, 1e-9)));
    }
  }

  @Test
  public void lessThanTwoWeeksAreContinuedWithTheirMeanAndSpread() {
    DailySeries series = TestSeries.from(10, NAN, 14, 12);

    for (SingleSeriesForecaster model : MODELS) {
      Prediction prediction = model.forecast(series, 2);
      double half = Gaussian.Z80 * Math.sqrt(4 * (1 + 1 / 3.0));
      assertThat(means(prediction), is(new double[] {12, 12}));
      assertThat(prediction.lo80(1), is(closeTo(12 - half, 1e-9)));
      assertThat(prediction.hi80(1), is(closeTo(12 + half, 1e-9)));
    }
  }

  @Test
  public void oneKnownDayIsNotTakenForCertain() {
    for (SingleSeriesForecaster model : MODELS) {
      Prediction prediction = model.forecast(TestSeries.from(NAN, 5), 1);

      assertThat(prediction.mean(0), is(5.0));
      assertThat(prediction.lo80(0), is(lessThan(1.0)));
      assertThat(prediction.hi80(0), is(greaterThan(9.0)));
    }
  }

  @Test
  public void aSeriesOfZerosStaysAtZero() {
    for (int days : new int[] {3, 14, 15, 100}) {
      for (SingleSeriesForecaster model : MODELS) {
        assertIs(model.forecast(TestSeries.repeated(days, 0), HORIZON), 0);
      }
    }
  }

  @Test
  public void aConstantSeriesStaysConstantWithoutAnInterval() {
    for (int days : new int[] {3, 14, 15, 100}) {
      for (SingleSeriesForecaster model : MODELS) {
        assertIs(model.forecast(TestSeries.repeated(days, 7.25), HORIZON), 7.25);
      }
    }
  }

  @Test
  public void ofASeriesWithoutAnyKnownDayZeroIsSaid() {
    for (int days : new int[] {0, 5, 100}) {
      for (SingleSeriesForecaster model : MODELS) {
        assertIs(model.forecast(TestSeries.repeated(days, NAN), HORIZON), 0);
      }
    }
  }

  @Test
  public void negativeValuesAreContinuedWithZero() {
    for (SingleSeriesForecaster model : MODELS) {
      assertIs(model.forecast(TestSeries.repeated(40, -3), HORIZON), 0);
    }
  }

  private static void assertIs(Prediction prediction, double value) {
    for (int h = 0; h < prediction.horizon(); h++) {
      assertThat(means(prediction)[h], is(closeTo(value, 1e-12)));
      assertThat(lows(prediction)[h], is(closeTo(value, 1e-12)));
      assertThat(highs(prediction)[h], is(closeTo(value, 1e-12)));
    }
  }
}
