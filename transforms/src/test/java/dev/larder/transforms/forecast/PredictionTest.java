package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

public class PredictionTest {

  @Test
  public void isClippedAtZeroAndHoldsItsMean() {
    Prediction prediction =
        Prediction.clipped(
            new double[] {-1, 2, 2, -0.0},
            new double[] {-3, -1, 3, -1},
            new double[] {-2, 3, 1, 4});

    assertThat(TestSeries.means(prediction), is(new double[] {0, 2, 2, 0}));
    assertThat(TestSeries.lows(prediction), is(new double[] {0, 0, 2, 0}));
    assertThat(TestSeries.highs(prediction), is(new double[] {0, 3, 2, 4}));
  }

  @Test
  public void refusesWhatIsNotFinite() {
    double[] one = {1};

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Prediction.clipped(one, new double[] {Double.NaN}, one));

    assertThat(refused.getMessage(), is("step 1 of a prediction is not finite"));
  }

  @Test
  public void refusesBoundsOfAnotherLength() {
    double[] one = {1};

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Prediction.clipped(one, one, new double[2]));

    assertThat(refused.getMessage(), is("1 means, 1 lower and 2 upper bounds"));
  }
}
