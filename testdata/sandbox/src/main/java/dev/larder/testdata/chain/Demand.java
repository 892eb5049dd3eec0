package dev.larder.testdata.chain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How many orders a pizzeria has on a day.
 *
 * <pre>
 * expected(p, d) = 0 if closed(p, d), else
 *   ordersPerDay x level(p) x weekday(p, d) x year(d) x trend(d) x promotion(p, d)
 * orders(p, d)   = Poisson(expected(p, d) x noise(p, d))
 * </pre>
 *
 * <ul>
 *   <li>level: log-normal with sigma 0.35, scaled to mean 1 over the chain.
 *   <li>weekday: 0.78 0.82 0.90 0.98 1.22 1.30 1.00, Monday first (mean 1). A pizzeria that is
 *       closed on Mondays spreads its guests over the other six days in the same proportions.
 *   <li>year: 1 + 0.10 cos(2 pi (day of year - 15) / 365.25): highest in mid-January.
 *   <li>trend: 1.06 to the power of the years since the middle of the history.
 *   <li>promotion: 1.40 on three days in a row of every 28 days, drawn per country; all days are
 *       divided by 1 + 0.40 x 3 / 28 so that promotions move orders and do not add any.
 *   <li>noise: log-normal with sigma 0.08 and mean 1, drawn per pizzeria and day.
 *   <li>closed: 1 January and 25 December; Mondays of every fifth pizzeria; and in every 100 days,
 *       for four pizzerias in ten, three days in a row for repairs.
 * </ul>
 *
 * Days are calendar days in UTC. Pure: the same settings give the same numbers in any order of
 * asking.
 */
public final class Demand {
  private static final double[] WEEKDAY = {0.78, 0.82, 0.90, 0.98, 1.22, 1.30, 1.00};
  private static final double YEARLY_SWING = 0.10;
  private static final double GROWTH_PER_YEAR = 1.06;
  private static final int PROMOTION_EVERY_DAYS = 28;
  private static final int PROMOTION_DAYS = 3;
  private static final double PROMOTION_LIFT = 0.40;
  private static final double NOISE_SIGMA = 0.08;
  private static final int REPAIRS_EVERY_DAYS = 100;
  private static final int REPAIR_DAYS = 3;
  private static final double REPAIR_CHANCE = 0.4;

  private static final long PROMOTIONS = 10;
  private static final long REPAIRS = 11;
  private static final long NOISE = 12;

  private final ChainSettings settings;
  private final LocalDate middle;

  private Demand(ChainSettings settings) {
    this.settings = settings;
    this.middle = settings.firstDay().plusDays(settings.days() / 2);
  }

  /** The demand of a chain with these settings. */
  public static Demand of(ChainSettings settings) {
    return new Demand(settings);
  }

  /** Whether no order can be placed there on that day. */
  public boolean closed(Pizzeria pizzeria, LocalDate day) {
    boolean holiday =
        day.getDayOfMonth() == 25 && day.getMonthValue() == 12 || day.getDayOfYear() == 1;
    boolean weekly = pizzeria.closedOnMondays() && day.getDayOfWeek() == DayOfWeek.MONDAY;
    return holiday || weekly || inRepair(pizzeria, day);
  }

  private boolean inRepair(Pizzeria pizzeria, LocalDate day) {
    long block = Math.floorDiv(day.toEpochDay(), REPAIRS_EVERY_DAYS);
    Dice dice = Dice.of(settings.seed(), REPAIRS, pizzeria.id(), block);
    return dice.chance(REPAIR_CHANCE)
        && within(
            day, REPAIRS_EVERY_DAYS, dice.below(REPAIRS_EVERY_DAYS - REPAIR_DAYS), REPAIR_DAYS);
  }

  /** Whether the pizzeria's country has a promotion that day. */
  public boolean promotion(Pizzeria pizzeria, LocalDate day) {
    long block = Math.floorDiv(day.toEpochDay(), PROMOTION_EVERY_DAYS);
    Dice dice = Dice.of(settings.seed(), PROMOTIONS, pizzeria.country().hashCode(), block);
    int start = dice.below(PROMOTION_EVERY_DAYS - PROMOTION_DAYS);
    return within(day, PROMOTION_EVERY_DAYS, start, PROMOTION_DAYS);
  }

  private static boolean within(LocalDate day, int blockDays, int start, int length) {
    long inBlock = Math.floorMod(day.toEpochDay(), blockDays);
    return inBlock >= start && inBlock < start + length;
  }

  /** The mean of {@link #orders} over the noise: 0 on closed days. */
  public double expected(Pizzeria pizzeria, LocalDate day) {
    if (closed(pizzeria, day)) {
      return 0;
    }
    return settings.ordersPerDay()
        * pizzeria.level()
        * weekday(pizzeria, day)
        * year(day)
        * trend(day)
        * (promotion(pizzeria, day) ? 1 + PROMOTION_LIFT : 1)
        / (1 + PROMOTION_LIFT * PROMOTION_DAYS / PROMOTION_EVERY_DAYS);
  }

  private static double weekday(Pizzeria pizzeria, LocalDate day) {
    double shape = WEEKDAY[day.getDayOfWeek().getValue() - 1];
    return pizzeria.closedOnMondays() ? shape * 7 / (7 - WEEKDAY[0]) : shape;
  }

  private static double year(LocalDate day) {
    return 1 + YEARLY_SWING * StrictMath.cos(2 * Math.PI * (day.getDayOfYear() - 15) / 365.25);
  }

  private double trend(LocalDate day) {
    return StrictMath.pow(GROWTH_PER_YEAR, ChronoUnit.DAYS.between(middle, day) / 365.25);
  }

  /** How many orders were placed there on that day. */
  public int orders(Pizzeria pizzeria, LocalDate day) {
    double expected = expected(pizzeria, day);
    if (expected == 0) {
      return 0;
    }
    Dice dice = Dice.of(settings.seed(), NOISE, pizzeria.id(), day.toEpochDay());
    double noise = StrictMath.exp(NOISE_SIGMA * dice.gaussian() - NOISE_SIGMA * NOISE_SIGMA / 2);
    return dice.poisson(expected * noise);
  }
}
