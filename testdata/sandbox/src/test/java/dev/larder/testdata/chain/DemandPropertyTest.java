package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

public class DemandPropertyTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 6, 30);

  @Property(tries = 40)
  void closedDaysHaveNoOrderAndOpenDaysExpectSome(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 700) int daysBack) {
    ChainSettings settings = ChainSettings.endingOn(LAST_DAY).withSeed(seed);
    Demand demand = Demand.of(settings);
    LocalDate day = LAST_DAY.minusDays(daysBack);

    for (Pizzeria pizzeria : Chain.of(settings).pizzerias()) {
      if (demand.closed(pizzeria, day)) {
        assertThat(demand.orders(pizzeria, day), is(0));
      } else {
        assertThat(demand.expected(pizzeria, day), greaterThan(0.0));
      }
    }
  }

  @Property(tries = 30)
  void totalsScaleWithPizzeriasDaysAndOrders(
      @ForAll @LongRange(min = 0, max = 10_000) long seed,
      @ForAll @IntRange(min = 10, max = 60) int pizzerias,
      @ForAll @IntRange(min = 28, max = 200) int days,
      @ForAll @IntRange(min = 20, max = 300) int ordersPerDay) {
    ChainSettings settings = new ChainSettings(seed, pizzerias, days, ordersPerDay, LAST_DAY);

    double perPizzeriaAndDay = total(settings) / (double) pizzerias / days;

    assertThat(perPizzeriaAndDay / ordersPerDay, is(both(greaterThan(0.8)).and(lessThan(1.2))));
  }

  @Property(tries = 10)
  void theSameSeedGivesTheSameOrdersAndAnotherSeedOthers(@ForAll long seed) {
    ChainSettings settings = ChainSettings.endingOn(LAST_DAY).withDays(30);

    assertThat(firstDays(settings.withSeed(seed)), is(firstDays(settings.withSeed(seed))));
    assertThat(
        firstDays(settings.withSeed(seed)).equals(firstDays(settings.withSeed(seed + 1))),
        is(false));
  }

  @Property(tries = 10)
  void saturdaysSellMoreThanMondaysByTheShape(@ForAll @LongRange(min = 0, max = 10_000) long seed) {
    ChainSettings settings = ChainSettings.endingOn(LAST_DAY).withSeed(seed).withDays(364);
    Demand demand = Demand.of(settings);
    Map<DayOfWeek, Double> sums = new EnumMap<>(DayOfWeek.class);
    Map<DayOfWeek, Integer> openDays = new EnumMap<>(DayOfWeek.class);

    for (Pizzeria pizzeria : Chain.of(settings).pizzerias()) {
      for (int i = 0; i < settings.days(); i++) {
        LocalDate day = settings.firstDay().plusDays(i);
        if (!pizzeria.closedOnMondays() && !demand.closed(pizzeria, day)) {
          sums.merge(
              day.getDayOfWeek(), demand.orders(pizzeria, day) / pizzeria.level(), Double::sum);
          openDays.merge(day.getDayOfWeek(), 1, Integer::sum);
        }
      }
    }

    double saturday = sums.get(DayOfWeek.SATURDAY) / openDays.get(DayOfWeek.SATURDAY);
    double monday = sums.get(DayOfWeek.MONDAY) / openDays.get(DayOfWeek.MONDAY);
    assertThat(saturday / monday, is(closeTo(1.30 / 0.78, 0.12)));
  }

  private static long total(ChainSettings settings) {
    Demand demand = Demand.of(settings);
    long total = 0;
    for (Pizzeria pizzeria : Chain.of(settings).pizzerias()) {
      for (int i = 0; i < settings.days(); i++) {
        total += demand.orders(pizzeria, settings.firstDay().plusDays(i));
      }
    }
    return total;
  }

  private static List<Integer> firstDays(ChainSettings settings) {
    Demand demand = Demand.of(settings);
    return Chain.of(settings).pizzerias().stream()
        .map(pizzeria -> demand.orders(pizzeria, settings.firstDay()))
        .toList();
  }
}
