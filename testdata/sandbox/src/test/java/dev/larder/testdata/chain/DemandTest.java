package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Test;

public class DemandTest {
  private static final ChainSettings SETTINGS =
      ChainSettings.endingOn(LocalDate.of(2026, 6, 30)).withDays(730);
  private static final Demand DEMAND = Demand.of(SETTINGS);
  private static final List<Pizzeria> PIZZERIAS = Chain.of(SETTINGS).pizzerias();

  @Test
  public void everyPizzeriaIsClosedAtChristmasAndNewYear() {
    for (Pizzeria pizzeria : PIZZERIAS) {
      assertThat(DEMAND.closed(pizzeria, LocalDate.of(2025, 12, 25)), is(true));
      assertThat(DEMAND.closed(pizzeria, LocalDate.of(2026, 1, 1)), is(true));
    }
  }

  @Test
  public void everyFifthPizzeriaIsClosedOnMondays() {
    LocalDate monday = LocalDate.of(2026, 6, 8);

    assertThat(
        PIZZERIAS.stream().filter(Pizzeria::closedOnMondays).map(Pizzeria::id).toList(),
        is(List.of(4, 9)));
    assertThat(DEMAND.orders(PIZZERIAS.get(3), monday), is(0));
  }

  @Test
  public void aPromotionLiftsTheExpectationByFortyPercent() {
    Pizzeria pizzeria = PIZZERIAS.get(0);
    LocalDate promoted =
        days().stream()
            .filter(
                day ->
                    DEMAND.promotion(pizzeria, day)
                        && !DEMAND.promotion(pizzeria, day.plusWeeks(1))
                        && !DEMAND.closed(pizzeria, day)
                        && !DEMAND.closed(pizzeria, day.plusWeeks(1)))
            .findFirst()
            .orElseThrow();

    double lift =
        DEMAND.expected(pizzeria, promoted) / DEMAND.expected(pizzeria, promoted.plusWeeks(1));

    assertThat(lift, is(closeTo(1.40, 0.03)));
  }

  @Test
  public void promotionsTakeThreeOfTwentyEightDays() {
    long promoted = days().stream().filter(day -> DEMAND.promotion(PIZZERIAS.get(0), day)).count();

    assertThat((double) promoted / SETTINGS.days(), is(closeTo(3.0 / 28, 0.01)));
  }

  @Test
  public void januarySellsMoreThanJulyAndTheSecondYearMoreThanTheFirst() {
    Pizzeria pizzeria = PIZZERIAS.get(0);
    double winter = mean(pizzeria, LocalDate.of(2025, 1, 2));
    double summer = mean(pizzeria, LocalDate.of(2024, 7, 2));
    double nextWinter = mean(pizzeria, LocalDate.of(2026, 1, 2));

    assertThat(winter, is(greaterThan(1.1 * summer)));
    assertThat(nextWinter / winter, is(closeTo(1.06, 0.04)));
  }

  private static double mean(Pizzeria pizzeria, LocalDate from) {
    return IntStream.range(0, 28)
        .mapToObj(from::plusDays)
        .mapToDouble(day -> DEMAND.expected(pizzeria, day))
        .filter(expected -> expected > 0)
        .average()
        .orElseThrow();
  }

  private static List<LocalDate> days() {
    return SETTINGS.firstDay().datesUntil(SETTINGS.lastDay().plusDays(1)).toList();
  }
}
