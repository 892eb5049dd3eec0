package dev.larder.transforms.forecast;

/**
 * Exponential smoothing ETS(A,N,A): additive errors, no trend, additive weekly season.
 *
 * <p><b>Fit</b>: the smoothing parameters with the least sum of squared one-step errors, found on a
 * grid and then on two finer ones around the best; deterministic, and the same for a series in
 * another unit. Missing days are skipped. Start values are those of {@link WeeklySmoothing}.
 *
 * <p><b>Interval</b>: Gaussian with the variance of the linear homoscedastic ("class 1") models,
 * {@code sigma^2 (1 + a^2 (h-1) + g k (2a + g))}, k whole weeks; sigma from the one-step errors
 * after the first four weeks. Quantiles of those errors in its place were tried and scored worse,
 * in coverage and in MSIS, on every evaluation at hand.
 *
 * <p>A series of less than two weeks of known days is continued with its mean; a weekday never seen
 * has no season.
 *
 * <p><b>Cost</b>: about 150 passes over the history.
 *
 * <p><b>Source</b>: Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, 2008,
 * chapters 3, 5 and 6 (table 6.1).
 */
public final class EtsAna implements SingleSeriesForecaster {
  private static final long serialVersionUID = 1L;
  private static final int WEEK = WeeklySmoothing.WEEK;
  private static final int BURN_IN = 28;
  private static final double[] LEVEL_WEIGHTS = {
    .001, .005, .01, .02, .03, .05, .075, .1, .15, .2, .3, .45, .6, .8
  };

  /** Multiplied by (1 - level weight): the usual parameter space. */
  private static final double[] SEASON_WEIGHTS = {0, .001, .003, .01, .03, .06, .1, .2, .3};

  private static final double[] REFINEMENTS = {.5, .2};
  private static final double MIN_WEIGHT = .0005;
  private static final double MAX_WEIGHT = .99;

  /** A later pair must be better by this share, so that rounding does not decide between equals. */
  private static final double BETTER = 1e-10;

  private record Weights(double level, double season) {}

  @Override
  public String name() {
    return "ets_ana";
  }

  @Override
  public Prediction forecast(DailySeries history, int horizon) {
    if (ShortHistory.isShort(history)) {
      return ShortHistory.flat(history, horizon);
    }
    WeeklySmoothing smoothing = new WeeklySmoothing(history);
    Weights weights = fit(smoothing);
    WeeklySmoothing.State state = smoothing.run(weights.level(), weights.season());
    double variance = variance(state.errors());
    double[] means = new double[horizon];
    double[] sigmas = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      means[h] = state.level() + state.seasons()[smoothing.weekday(smoothing.length() + h)];
      sigmas[h] = Math.sqrt(variance * growth(weights, h));
    }
    return Gaussian.around(means, sigmas);
  }

  private static Weights fit(WeeklySmoothing smoothing) {
    double[] alpha = new double[LEVEL_WEIGHTS.length * SEASON_WEIGHTS.length];
    double[] gamma = new double[alpha.length];
    int i = 0;
    for (double level : LEVEL_WEIGHTS) {
      for (double season : SEASON_WEIGHTS) {
        alpha[i] = level;
        gamma[i++] = season * (1 - level);
      }
    }
    Weights best = best(smoothing, alpha, gamma);
    for (double width : REFINEMENTS) {
      best = refine(smoothing, best, width);
    }
    return best;
  }

  private static Weights refine(WeeklySmoothing smoothing, Weights around, double width) {
    double[] factors = {1, 1 - width, 1 + width};
    double[] alpha = new double[factors.length * factors.length];
    double[] gamma = new double[alpha.length];
    int i = 0;
    for (double level : factors) {
      for (double season : factors) {
        alpha[i] = Math.min(Math.max(around.level() * level, MIN_WEIGHT), MAX_WEIGHT);
        gamma[i++] = around.season() * season;
      }
    }
    return best(smoothing, alpha, gamma);
  }

  private static Weights best(WeeklySmoothing smoothing, double[] alpha, double[] gamma) {
    double[] squares = smoothing.squares(alpha, gamma);
    int best = 0;
    for (int i = 1; i < squares.length; i++) {
      if (squares[i] < squares[best] * (1 - BETTER)) {
        best = i;
      }
    }
    return new Weights(alpha[best], gamma[best]);
  }

  /** Mean squared error after the first weeks, or after the first half of a shorter history. */
  private static double variance(double[] errors) {
    double squares = 0;
    int known = 0;
    for (int t = Math.min(BURN_IN, errors.length / 2); t < errors.length; t++) {
      if (!Double.isNaN(errors[t])) {
        squares += errors[t] * errors[t];
        known++;
      }
    }
    return known == 0 ? 0 : squares / known;
  }

  /** How many times the one-step variance the variance of step h + 1 is. */
  private static double growth(Weights weights, int h) {
    double a = weights.level();
    double g = weights.season();
    return 1 + a * a * h + g * (h / WEEK) * (2 * a + g);
  }
}
