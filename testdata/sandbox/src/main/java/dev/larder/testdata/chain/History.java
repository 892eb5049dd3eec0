package dev.larder.testdata.chain;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The past of a generated chain, day by day: deliveries in the morning, orders from 11:00 to 23:00
 * with a lunch and a larger dinner peak, each with its lines and what the kitchen used, waste in
 * the evening, a count on Sundays. All times are UTC. Every order has been delivered.
 *
 * <p><b>Cost</b>: pure and single-threaded; memory is one day's order times and one number per
 * pizzeria and ingredient, whatever the number of days.
 */
public final class History implements RowSource {
  private static final long TIMES = 30;
  private static final long SALES = 31;

  private static final long LUNCH_OPENS = LocalTime.of(11, 0).toNanoOfDay() / 1_000_000;
  private static final long LUNCH_MILLIS = Duration.ofHours(4).toMillis();
  private static final long DINNER_OPENS = LocalTime.of(17, 0).toNanoOfDay() / 1_000_000;
  private static final long DINNER_MILLIS = Duration.ofHours(6).toMillis();
  private static final double LUNCH_SHARE = 0.35;
  private static final double PROMOTION_DISCOUNTS = 0.5;

  /**
   * An order's place in its day: milliseconds, then pizzeria, then number, in one sortable long.
   */
  private static final int PIZZERIA_BITS = 16;

  private static final int NUMBER_BITS = 20;

  private final ChainSettings settings;
  private final Chain chain;
  private final Demand demand;

  private History(ChainSettings settings, Chain chain) {
    this.settings = settings;
    this.chain = chain;
    this.demand = Demand.of(settings);
  }

  /** The history that these settings make. */
  public static History of(ChainSettings settings) {
    return new History(settings, Chain.of(settings));
  }

  @Override
  public Chain chain() {
    return chain;
  }

  @Override
  public LocalDate lastDay() {
    return settings.lastDay();
  }

  @Override
  public void writeTo(RowSink sink) {
    ChainRows rows = new ChainRows(chain, sink);
    rows.reference(settings.firstDay().atStartOfDay());
    Telling telling = new Telling(rows);
    for (int i = 0; i < settings.days(); i++) {
      telling.day(settings.firstDay().plusDays(i));
    }
  }

  /** The orders of a day, in the order of their times. */
  private long[] orderTimes(LocalDate day) {
    long[] times = new long[1024];
    int count = 0;
    for (int p = 0; p < chain.pizzerias().size(); p++) {
      int orders = demand.orders(chain.pizzerias().get(p), day);
      Dice dice = Dice.of(settings.seed(), TIMES, p, day.toEpochDay());
      for (int number = 0; number < orders; number++) {
        if (count == times.length) {
          times = Arrays.copyOf(times, count * 2);
        }
        times[count++] = ((millisOfDay(dice) << PIZZERIA_BITS) | p) << NUMBER_BITS | number;
      }
    }
    times = Arrays.copyOf(times, count);
    Arrays.sort(times);
    return times;
  }

  private static long millisOfDay(Dice dice) {
    boolean lunch = dice.chance(LUNCH_SHARE);
    double peaked = (dice.unit() + dice.unit()) / 2;
    return lunch
        ? LUNCH_OPENS + (long) (peaked * LUNCH_MILLIS)
        : DINNER_OPENS + (long) (peaked * DINNER_MILLIS);
  }

  /** One telling of the history: what is counted while it goes. */
  private final class Telling {
    private final ChainRows rows;
    private final Cashier cashier = new Cashier(chain);
    private final StockKeeper stock = new StockKeeper(chain, settings.seed());
    private final Map<String, Long> lastOrderNo = new HashMap<>();
    private long lastOrder;

    Telling(ChainRows rows) {
      this.rows = rows;
    }

    void day(LocalDate day) {
      for (int p = 0; p < chain.pizzerias().size(); p++) {
        if (!demand.closed(chain.pizzerias().get(p), day)) {
          stock.morning(p, day, rows);
        }
      }
      for (long time : orderTimes(day)) {
        order(day, time);
      }
      for (int p = 0; p < chain.pizzerias().size(); p++) {
        if (!demand.closed(chain.pizzerias().get(p), day)) {
          stock.evening(p, day, rows);
        }
      }
    }

    private void order(LocalDate day, long time) {
      int index = (int) (time >>> NUMBER_BITS) & ((1 << PIZZERIA_BITS) - 1);
      long number = time & ((1 << NUMBER_BITS) - 1);
      Pizzeria pizzeria = chain.pizzerias().get(index);
      Dice dice = Dice.of(settings.seed(), SALES, pizzeria.id(), day.toEpochDay(), number);
      LocalDateTime orderedAt =
          day.atStartOfDay().plusNanos((time >>> (NUMBER_BITS + PIZZERIA_BITS)) * 1_000_000);
      double discounts = demand.promotion(pizzeria, day) ? PROMOTION_DISCOUNTS : 0;
      long orderNo = lastOrderNo.merge(pizzeria.country(), 1L, Long::sum);
      Sale sale = cashier.sale(++lastOrder, pizzeria, orderNo, orderedAt, discounts, dice);
      List<Use> uses = Use.of(sale, dice);
      LocalDateTime baked = orderedAt.plusSeconds(300 + dice.below(600));
      stock.use(index, uses);
      rows.sale(sale, "delivered", baked.plusSeconds(60 + dice.below(1500)));
      rows.uses(sale, uses, baked);
    }
  }
}
