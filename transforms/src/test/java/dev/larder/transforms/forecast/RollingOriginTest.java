package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.Test;

public class RollingOriginTest {
  private static final int HORIZON = 10;

  @Test
  public void choosesSmoothingForNoiseAboutAPattern() {
    DailySeries noisy = TestSeries.noisy(200, 1);

    List<Forecast> forecasts = forecast(RollingOrigin.standard(), noisy);

    assertThat(forecasts, hasSize(HORIZON));
    assertThat(forecasts.stream().map(Forecast::model).distinct().toList(), contains("ets_ana"));
    assertThat(forecasts.get(0).score(), is(lessThan(0.9)));
    assertThat(
        forecasts.stream().map(Forecast::day).toList(),
        is(
            DoubleStream.iterate(1, d -> d + 1)
                .limit(HORIZON)
                .mapToObj(d -> noisy.lastDay() + (int) d)
                .toList()));
  }

  @Test
  public void choosesTheLastWeekWhereThePatternItselfChanges() {
    DailySeries turning = TestSeries.of(200, t -> t % 7 == (t / 50) % 7 ? 100 : 10);
    RollingOrigin models =
        RollingOrigin.among(List.of(new Always("mean", turning.mean()), new SeasonalNaive()));

    List<Forecast> forecasts = forecast(models, turning);

    assertThat(
        forecasts.stream().map(Forecast::model).distinct().toList(), contains("seasonal_naive"));
  }

  @Test
  public void choosesForEverySeriesOfAGroupByItself() {
    DailySeries low = DailySeries.of(new SeriesKey("G", "LOW"), 0, wave(60, 1));
    DailySeries high = DailySeries.of(new SeriesKey("G", "HIGH"), 0, wave(60, 9));
    RollingOrigin models =
        RollingOrigin.among(List.of(new Always("one", 1), new Always("nine", 9)));

    List<Forecast> forecasts = models.forecast(TestSeries.group(high, low), high.lastDay(), 1);

    assertThat(forecasts.stream().map(Forecast::model).toList(), contains("nine", "one"));
  }

  @Test
  public void nothingAfterTheOriginDayIsRead() {
    DailySeries clean = TestSeries.noisy(200, 2);
    double[] poison = Arrays.copyOf(clean.values(), 260);
    Arrays.fill(poison, 200, 260, 1e12);

    List<Forecast> expected = forecast(RollingOrigin.standard(), clean);
    List<Forecast> forecasts =
        RollingOrigin.standard()
            .forecast(TestSeries.group(TestSeries.from(poison)), clean.lastDay(), HORIZON);

    assertThat(forecasts, is(expected));
  }

  @Test
  public void candidatesSeeNothingAfterTheOriginTheyAreScoredFrom() {
    Spy spy = new Spy();
    DailySeries series = TestSeries.noisy(200, 2);

    forecast(RollingOrigin.among(List.of(spy)).withOrigins(3), series);

    int last = series.lastDay();
    assertThat(spy.lastDays, contains(last - 10, last - 20, last - 30, last));
  }

  @Test
  public void aHistoryTooShortForAScoreIsGivenToTheFirstCandidate() {
    List<Forecast> forecasts = forecast(RollingOrigin.standard(), TestSeries.noisy(20, 4));

    assertThat(forecasts.stream().map(Forecast::model).distinct().toList(), contains("ets_ana"));
    assertThat(forecasts.stream().map(Forecast::score).toList(), everyItem(is(Double.NaN)));
    assertThat(forecasts.get(0).mean(), is(greaterThan(0.0)));
  }

  @Test
  public void anOriginBeforeAllDataYieldsZeros() {
    DailySeries series = TestSeries.noisy(20, 4);

    List<Forecast> forecasts =
        RollingOrigin.standard().forecast(TestSeries.group(series), series.firstDay() - 5, 1);

    assertThat(
        forecasts,
        contains(
            new Forecast(TestSeries.KEY, series.firstDay() - 4, 0, 0, 0, "ets_ana", Double.NaN)));
  }

  @Test
  public void aGroupWithoutSeriesHasNoForecasts() {
    assertThat(RollingOrigin.standard().forecast(TestSeries.group(), 5, 1), hasSize(0));
  }

  @Test
  public void refusesWhatCannotBeChosenOrForecast() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> RollingOrigin.among(List.of()))
            .getMessage(),
        is("no forecaster to choose from"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> RollingOrigin.standard().withOrigins(-1))
            .getMessage(),
        is("-1 origins, at least 0 are needed"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> RollingOrigin.standard().forecast(TestSeries.group(), 5, 0))
            .getMessage(),
        is("a horizon of 0 days, at least 1 is needed"));
  }

  private static List<Forecast> forecast(RollingOrigin models, DailySeries series) {
    return models.forecast(TestSeries.group(series), series.lastDay(), HORIZON);
  }

  private static double[] wave(int days, double about) {
    double[] values = new double[days];
    Arrays.setAll(values, t -> about + (t % 2 == 0 ? 0.25 : -0.25));
    return values;
  }

  private record Always(String name, double value) implements SingleSeriesForecaster {
    @Override
    public Prediction forecast(DailySeries history, int horizon) {
      double[] values = new double[horizon];
      Arrays.fill(values, value);
      return Prediction.clipped(values, values, values);
    }
  }

  private static final class Spy implements SingleSeriesForecaster {
    private static final long serialVersionUID = 1L;
    private final ArrayList<Integer> lastDays = new ArrayList<>();

    @Override
    public String name() {
      return "spy";
    }

    @Override
    public Prediction forecast(DailySeries history, int horizon) {
      lastDays.add(history.lastDay());
      return new SeasonalNaive().forecast(history, horizon);
    }
  }
}
