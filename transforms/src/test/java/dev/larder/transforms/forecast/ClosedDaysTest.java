package dev.larder.transforms.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class ClosedDaysTest {
  private static final double CLOSED = Double.NaN;

  @Test
  public void aDayWithoutAnyObservationInTheGroupIsMissingAndNotZero() {
    SeriesGroup group =
        ClosedDays.series(
            List.of(seen("CHEESE", 10, 4), seen("BASIL", 12, 1), seen("CHEESE", 13, 5)), 0, 13);

    assertThat(
        group.series(),
        contains(series("BASIL", 10, 0, CLOSED, 1, 0), series("CHEESE", 10, 4, CLOSED, 0, 5)));
  }

  @Test
  public void observationsOfOneDayAreAddedUp() {
    SeriesGroup group = ClosedDays.series(List.of(seen("A", 3, 1.5), seen("A", 3, 2)), 0, 3);

    assertThat(group.series(), contains(series("A", 3, 3.5)));
  }

  @Test
  public void daysAfterTheLastObservationAreMissingUpToTheLastDay() {
    SeriesGroup group = ClosedDays.series(List.of(seen("A", 3, 1)), 0, 5);

    assertThat(group.series(), contains(series("A", 3, 1, CLOSED, CLOSED)));
  }

  @Test
  public void observationsBeforeTheFirstAndAfterTheLastDayAreNotRead() {
    SeriesGroup group =
        ClosedDays.series(
            List.of(seen("OLD", 1, 9), seen("A", 3, 1), seen("A", 5, 9), seen("NEW", 5, 9)), 2, 4);

    assertThat(group.series(), contains(series("A", 3, 1, CLOSED)));
  }

  @Test
  public void anObservedZeroOpensTheDay() {
    SeriesGroup group = ClosedDays.series(List.of(seen("A", 3, 0), seen("B", 4, 1)), 0, 4);

    assertThat(group.series(), contains(series("A", 3, 0, 0), series("B", 3, 0, 1)));
  }

  @Test
  public void withoutObservationsThereIsNoSeries() {
    assertThat(ClosedDays.series(List.of(), 0, 10).series(), is(empty()));
  }

  @Test
  public void theOrderOfObservationsDoesNotMatterToTheLastBit() {
    List<Observation> observations = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      observations.add(seen("I" + i % 3, random.nextInt(20), random.nextDouble()));
    }
    SeriesGroup expected = ClosedDays.series(observations, 0, 20);

    Collections.shuffle(observations, random);

    assertThat(ClosedDays.series(observations, 0, 20), is(expected));
  }

  @Test
  public void anObservationThatIsNoNumberIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> seen("A", 3, Double.NaN));

    assertThat(
        refused.getMessage(),
        is("an observation of NaN is no count. Leave the day out if nothing is known of it."));
  }

  private static Observation seen(String item, int day, double value) {
    return new Observation(new SeriesKey("G", item), day, value);
  }

  private static DailySeries series(String item, int firstDay, double... values) {
    return DailySeries.of(new SeriesKey("G", item), firstDay, values);
  }
}
