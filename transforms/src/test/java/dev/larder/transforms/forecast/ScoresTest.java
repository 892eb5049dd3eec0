package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import org.junit.Test;

/** Against values computed by hand. */
public class ScoresTest {
  private static final double NAN = Double.NaN;

  @Test
  public void scaleIsTheMeanWeeklyDifferenceOfPairsWithBothDaysKnown() {
    DailySeries training = TestSeries.from(1, 1, NAN, 1, 1, 1, 1, 4, NAN, 1, 2);

    assertThat(Scores.scale(training), is(2.0));
  }

  @Test
  public void scaleOfLessThanAWeekIsUnknown() {
    assertThat(Scores.scale(TestSeries.repeated(7, 1)), is(NAN));
  }

  @Test
  public void scoresTheDaysThatAreKnown() {
    DailySeries truth = TestSeries.from(0, 0, 0, 0, 0, 0, 0, 2, 10, NAN, 4);
    DailySeries training = truth.until(TestSeries.MONDAY + 7);
    Prediction prediction =
        Prediction.clipped(
            new double[] {8, 50, 5}, new double[] {6, 50, 4.5}, new double[] {9, 50, 6});

    Scores.Tally tally = new Scores.Tally();
    tally.add(training, truth, prediction);
    Scores scores = tally.scores();

    assertThat(scores.points(), is(2));
    assertThat(scores.mae(), is(closeTo(1.5, 1e-12)));
    assertThat(scores.mse(), is(closeTo(2.5, 1e-12)));
    assertThat(scores.smape(), is(closeTo(100 * (4 / 18.0 + 2 / 9.0) / 2, 1e-12)));
    assertThat(scores.mase(), is(closeTo(0.75, 1e-12)));
    assertThat(scores.wape(), is(closeTo(100 * 3 / 14.0, 1e-12)));
    assertThat(scores.wapeTotal(), is(closeTo(100 * 1 / 14.0, 1e-12)));
    assertThat(scores.bias(), is(closeTo(-100 * 1 / 14.0, 1e-12)));
    assertThat(scores.cov80(), is(0.0));
    assertThat(scores.msis80(), is(closeTo((3 + 10 + 1.5 + 5) / 2 / 2, 1e-12)));
  }

  @Test
  public void pairsHaveEqualWeightAndAConstantHistoryHasNoScaledScore() {
    DailySeries constant = TestSeries.repeated(16, 1);
    DailySeries changing = TestSeries.of(16, t -> t < 7 ? 0 : 2);
    Prediction two = Prediction.clipped(new double[] {2}, new double[] {2}, new double[] {2});

    Scores.Tally tally = new Scores.Tally();
    tally.add(constant.until(constant.lastDay() - 1), constant, two);
    tally.add(changing.until(changing.lastDay() - 1), changing, two);

    assertThat(tally.scores().mae(), is(0.5));
    assertThat(tally.scores().mase(), is(0.0));
    assertThat(tally.scores().cov80(), is(50.0));
  }

  @Test
  public void aForecastOfZeroForZeroHasNoRelativeError() {
    DailySeries truth = TestSeries.repeated(9, 0);
    Prediction zero = Prediction.clipped(new double[1], new double[1], new double[1]);

    Scores.Tally tally = new Scores.Tally();
    tally.add(truth.until(truth.lastDay() - 1), truth, zero);

    assertThat(tally.scores().smape(), is(0.0));
  }

  @Test
  public void withoutAKnownDayNothingIsScored() {
    Scores.Tally tally = new Scores.Tally();
    tally.add(
        TestSeries.repeated(9, 0),
        TestSeries.repeated(9, 0),
        Prediction.clipped(new double[1], new double[1], new double[1]));

    assertThat(tally.scores().points(), is(0));
    assertThat(tally.scores().mase(), is(NAN));
  }
}
