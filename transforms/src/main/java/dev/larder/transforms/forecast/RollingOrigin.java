package dev.larder.transforms.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts every series with the model that did best on it: each candidate forecasts from several
 * days in the past, from what was known on that day, and the one with the least mean MASE ({@link
 * Scores#scale}) is used. The first candidate wins a tie, and where no score can be formed.
 *
 * <p><b>Guarantees</b>: nothing after the origin day is read. Deterministic.
 *
 * <p><b>Cost</b>: {@code origins + 1} fits a candidate.
 */
public final class RollingOrigin implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ORIGINS = 6;
  private static final int STEP = 10;

  private final ArrayList<Forecaster> candidates;
  private final int origins;

  private RollingOrigin(List<Forecaster> candidates, int origins) {
    this.candidates = new ArrayList<>(candidates);
    this.origins = origins;
  }

  /** Exponential smoothing beside the seasonal naive, over 6 origins 10 days apart. */
  public static RollingOrigin standard() {
    return among(List.of(new EtsAna(), new SeasonalNaive()));
  }

  /**
   * @param candidates at least one; the first is used where scores do not decide
   */
  public static RollingOrigin among(List<Forecaster> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("no forecaster to choose from");
    }
    return new RollingOrigin(candidates, ORIGINS);
  }

  /** Forecasts from this many days in the past, 0 for none: the first candidate is used then. */
  public RollingOrigin withOrigins(int number) {
    if (number < 0) {
      throw new IllegalArgumentException(number + " origins, at least 0 are needed");
    }
    return new RollingOrigin(candidates, number);
  }

  /**
   * Forecasts the days after the origin day, series by series, in the order of the group.
   *
   * @param group may hold days after the origin day: they are not read
   * @param originDay the last day that is known, days since 1970-01-01
   * @param horizon days to forecast, at least 1
   */
  public List<Forecast> forecast(SeriesGroup group, int originDay, int horizon) {
    if (horizon < 1) {
      throw new IllegalArgumentException("a horizon of " + horizon + " days, at least 1 is needed");
    }
    SeriesGroup history = group.until(originDay);
    double[][] scores = scores(history, originDay, horizon);
    List<List<Prediction>> predictions =
        candidates.stream().map(candidate -> candidate.forecast(history, horizon)).toList();
    List<Forecast> forecasts = new ArrayList<>(history.series().size() * horizon);
    for (int s = 0; s < history.series().size(); s++) {
      int chosen = least(scores, s);
      Prediction prediction = predictions.get(chosen).get(s);
      for (int h = 0; h < horizon; h++) {
        forecasts.add(
            new Forecast(
                history.series().get(s).key(),
                originDay + 1 + h,
                prediction.mean(h),
                prediction.lo80(h),
                prediction.hi80(h),
                candidates.get(chosen).name(),
                scores[chosen][s]));
      }
    }
    return forecasts;
  }

  /** MASE by candidate and series, NaN where there is none. */
  private double[][] scores(SeriesGroup history, int originDay, int horizon) {
    double[][] scores = new double[candidates.size()][];
    for (int c = 0; c < scores.length; c++) {
      List<Scores.Tally> tallies =
          history.series().stream().map(series -> new Scores.Tally()).toList();
      for (int k = 0; k < origins; k++) {
        SeriesGroup known = history.until(originDay - horizon - k * STEP);
        if (known.openDays() >= ShortHistory.MIN_OBSERVED) {
          List<Prediction> predictions = candidates.get(c).forecast(known, horizon);
          for (int s = 0; s < tallies.size(); s++) {
            tallies.get(s).add(known.series().get(s), history.series().get(s), predictions.get(s));
          }
        }
      }
      scores[c] = tallies.stream().mapToDouble(tally -> tally.scores().mase()).toArray();
    }
    return scores;
  }

  private static int least(double[][] scores, int series) {
    int least = 0;
    for (int c = 1; c < scores.length; c++) {
      if (scores[c][series] < scores[least][series]) {
        least = c;
      }
    }
    return least;
  }
}
