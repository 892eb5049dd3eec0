package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

public class DailySeriesTest {
  private static final double NAN = Double.NaN;

  @Test
  public void isCutAndLengthenedByMissingDays() {
    DailySeries series = DailySeries.of(TestSeries.KEY, 10, 1, 2, 3);

    assertThat(series.until(11), is(DailySeries.of(TestSeries.KEY, 10, 1, 2)));
    assertThat(series.until(14), is(DailySeries.of(TestSeries.KEY, 10, 1, 2, 3, NAN, NAN)));
    assertThat(series.until(3), is(DailySeries.of(TestSeries.KEY, 10)));
  }

  @Test
  public void countsAndAveragesKnownDaysOnly() {
    DailySeries series = DailySeries.of(TestSeries.KEY, 10, 1, NAN, 3);

    assertThat(series.observed(), is(2));
    assertThat(series.mean(), is(2.0));
    assertThat(series.on(11), is(NAN));
    assertThat(series.on(99), is(NAN));
  }

  @Test
  public void doesNotChangeWithTheArraysItGaveAndGot() {
    double[] values = {1, 2};
    DailySeries series = DailySeries.of(TestSeries.KEY, 10, values);

    values[0] = 9;
    series.values()[1] = 9;

    assertThat(series, is(DailySeries.of(TestSeries.KEY, 10, 1, 2)));
  }

  @Test
  public void refusesInfiniteValues() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> DailySeries.of(TestSeries.KEY, 10, Double.POSITIVE_INFINITY));

    assertThat(refused.getMessage(), is("a series holds an infinite value"));
  }

  @Test
  public void aGroupRefusesSeriesOfOtherDays() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                TestSeries.group(
                    DailySeries.of(TestSeries.KEY, 10, 1, 2),
                    DailySeries.of(TestSeries.KEY, 11, 1, 2)));

    assertThat(
        refused.getMessage(), is("series of a group differ: 2 days from 10, 2 days from 11"));
  }
}
