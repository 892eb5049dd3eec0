package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the forecasts end to end (order files to series to forecasts to scores) on origins through
 * the year, against the published scores of a reference ETS(A,N,A): MASE 0.7648, WAPE of 10-day
 * totals 9.41, 79.6 % coverage on one pizzeria and six origins; MASE 0.7806 on four pizzerias.
 */
public class PizzaEvaluationTest {
  private static final Logger LOG = LoggerFactory.getLogger(PizzaEvaluationTest.class);
  private static final int FIRST_DAY = (int) LocalDate.of(2015, 1, 1).toEpochDay();
  private static final int LAST_DAY = (int) LocalDate.of(2015, 12, 31).toEpochDay();
  private static final int HORIZON = 10;
  private static final String CHOSEN = "rolling_origin";

  @Test
  public void formsThePublishedSeriesFromTheOrderFiles() {
    List<SeriesGroup> groups = groups(1);

    Map<String, String> formed = new TreeMap<>();
    for (DailySeries series : groups.get(0).series()) {
      for (int day = FIRST_DAY; day <= LAST_DAY; day++) {
        double value = series.on(day);
        formed.put(
            LocalDate.ofEpochDay(day) + " " + series.key().item(),
            Double.isNaN(value) ? "" : String.valueOf(value));
      }
    }

    assertThat(groups.size(), is(1));
    assertThat(groups.get(0).series().size(), is(66));
    assertThat(formed, is(new TreeMap<>(PizzaChain.published())));
  }

  @Test
  public void onePizzeriaIsForecastAsWellAsTheReferenceDoes() {
    Map<String, Scores> scores = evaluate("A", groups(1), 6);

    assertThat(scores.get(CHOSEN).points(), is(3894));
    assertThat(scores.get("seasonal_naive").mase(), is(closeTo(1.1175, 0.02)));
    assertThat(scores.get("ets_ana").mase(), is(lessThanOrEqualTo(0.7648 + 0.005)));
    assertThat(scores.get(CHOSEN).mase(), is(lessThanOrEqualTo(0.7648 + 0.02)));
    assertThat(scores.get(CHOSEN).wapeTotal(), is(lessThanOrEqualTo(9.41 + 0.2)));
    assertThat(scores.get(CHOSEN).cov80(), is(closeTo(80, 4)));
  }

  @Test
  public void halfAYearOfOriginsIsForecastAsWellAsTheReferenceDoes() {
    Map<String, Scores> scores = evaluate("A18", groups(1), 18);

    assertThat(scores.get(CHOSEN).mase(), is(lessThanOrEqualTo(0.7426 + 0.02)));
    assertThat(scores.get(CHOSEN).cov80(), is(closeTo(80, 4)));
  }

  @Test
  public void fourSmallPizzeriasAreForecastAsWellAsTheReferenceDoes() {
    Map<String, Scores> scores = evaluate("B", groups(4), 6);

    assertThat(scores.get(CHOSEN).mase(), is(lessThanOrEqualTo(0.7806 + 0.02)));
    assertThat(scores.get(CHOSEN).cov80(), is(closeTo(80, 4)));
  }

  private static List<SeriesGroup> groups(int pizzerias) {
    Map<String, List<Observation>> byGroup =
        PizzaChain.observations(pizzerias).stream()
            .collect(
                Collectors.groupingBy(
                    observation -> observation.key().group(), TreeMap::new, Collectors.toList()));
    return byGroup.values().stream()
        .map(observations -> ClosedDays.series(observations, FIRST_DAY, LAST_DAY))
        .toList();
  }

  /** Scores by model, with the choice between them last; the table goes to the log. */
  private static Map<String, Scores> evaluate(String name, List<SeriesGroup> groups, int origins) {
    Map<String, RollingOrigin> models = new LinkedHashMap<>();
    for (Forecaster model : List.of(new SeasonalNaive(), new EtsAna())) {
      models.put(model.name(), RollingOrigin.among(List.of(model)).withOrigins(0));
    }
    models.put(CHOSEN, RollingOrigin.standard());
    Map<String, Scores> scores = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder(header());
    models.forEach(
        (model, choice) -> {
          long start = System.nanoTime();
          Scores score = score(choice, groups, origins);
          long fits = (long) origins * groups.stream().mapToInt(g -> g.series().size()).sum();
          double perSecond = fits / ((System.nanoTime() - start) / 1e9);
          scores.put(model, score);
          table.append(line(model, score, perSecond));
        });
    LOG.info("Evaluation {}, {} origins{}", name, origins, table);
    return scores;
  }

  private static Scores score(RollingOrigin choice, List<SeriesGroup> groups, int origins) {
    Scores.Tally tally = new Scores.Tally();
    for (int origin = LAST_DAY - HORIZON * origins; origin < LAST_DAY; origin += HORIZON) {
      for (SeriesGroup group : groups) {
        List<Forecast> forecasts = choice.forecast(group, origin, HORIZON);
        for (int s = 0; s < group.series().size(); s++) {
          DailySeries truth = group.series().get(s);
          List<Forecast> own = forecasts.subList(s * HORIZON, (s + 1) * HORIZON);
          tally.add(truth.until(origin), truth, prediction(own));
        }
      }
    }
    return tally.scores();
  }

  private static Prediction prediction(List<Forecast> forecasts) {
    List<double[]> steps = new ArrayList<>();
    forecasts.forEach(f -> steps.add(new double[] {f.mean(), f.lo80(), f.hi80()}));
    return Prediction.clipped(
        steps.stream().mapToDouble(step -> step[0]).toArray(),
        steps.stream().mapToDouble(step -> step[1]).toArray(),
        steps.stream().mapToDouble(step -> step[2]).toArray());
  }

  private static String header() {
    return "\nmodel            MAE     MSE   sMAPE   MASE   WAPE WAPE_10d  bias  cov80 MSIS80 series/s";
  }

  private static String line(String model, Scores s, double perSecond) {
    return String.format(
        Locale.ROOT,
        "\n%-15s %.3f %7.2f %6.2f %7.4f %6.2f %6.2f %6.2f %6.2f %6.3f %8.0f",
        model,
        s.mae(),
        s.mse(),
        s.smape(),
        s.mase(),
        s.wape(),
        s.wapeTotal(),
        s.bias(),
        s.cov80(),
        s.msis80(),
        perSecond);
  }
}
