package dev.larder.testdata.chain;

import java.time.LocalDate;

/**
 * What a chain is made from.
 *
 * <p><b>Units and time</b>: days are calendar days in UTC; the history covers {@code days} of them
 * and ends with {@code lastDay}. {@code ordersPerDay} is the mean per pizzeria and calendar day
 * before trend and holidays; an order is about 16 events (one order, 2.5 lines, 10 uses of an
 * ingredient, its status changes, its share of stock movements).
 *
 * @param seed decides everything that is drawn
 * @param pizzerias 1 to 60000
 * @param days 1 to 3660
 * @param ordersPerDay 1 to 100000
 */
public record ChainSettings(
    long seed, int pizzerias, int days, int ordersPerDay, LocalDate lastDay) {

  /** Refuses what cannot be generated, naming the setting, its value and what is allowed. */
  public ChainSettings {
    ChainErrors.requireBetween("pizzerias", pizzerias, 1, 60_000);
    ChainErrors.requireBetween("days", days, 1, 3_660);
    ChainErrors.requireBetween("ordersPerDay", ordersPerDay, 1, 100_000);
  }

  /** Seed 42, 12 pizzerias, 90 days, 40 orders per pizzeria and day: about 43,000 orders. */
  public static ChainSettings endingOn(LocalDate lastDay) {
    return new ChainSettings(42, 12, 90, 40, lastDay);
  }

  /**
   * The size of the original's chain: 620 pizzerias, 250 orders a day, 2.5 million events a day.
   */
  public static ChainSettings fullSizeEndingOn(LocalDate lastDay) {
    return new ChainSettings(42, 620, 90, 250, lastDay);
  }

  public ChainSettings withSeed(long value) {
    return new ChainSettings(value, pizzerias, days, ordersPerDay, lastDay);
  }

  public ChainSettings withPizzerias(int value) {
    return new ChainSettings(seed, value, days, ordersPerDay, lastDay);
  }

  public ChainSettings withDays(int value) {
    return new ChainSettings(seed, pizzerias, value, ordersPerDay, lastDay);
  }

  public ChainSettings withOrdersPerDay(int value) {
    return new ChainSettings(seed, pizzerias, days, value, lastDay);
  }

  /** The first day of the history. */
  public LocalDate firstDay() {
    return lastDay.minusDays(days - 1L);
  }
}
