package dev.larder.testdata.chain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/**
 * Keeps the stock of every pizzeria: goods come in the morning, use and waste go, and on Sundays
 * all is counted. Holds one number per pizzeria and ingredient.
 *
 * <p>Every shelf begins with two packs. A vendor delivers to a pizzeria every second, third or
 * fourth day, whole packs, until the stock reaches its target: what was used of the ingredient
 * since the last delivery, one and a half times, and at least one pack. Stock movements are
 * positive for goods that come, negative for waste, and for a count the grams that were found.
 */
final class StockKeeper {
  private static final long PURPOSE = 20;
  private static final LocalTime DELIVERED = LocalTime.of(6, 30);
  private static final LocalTime CLEARED = LocalTime.of(23, 30);
  private static final LocalTime COUNTED = LocalTime.of(23, 45);
  private static final int FRESH_DAYS = 8;
  private static final double WASTE_CHANCE = 0.06;

  private final Chain chain;
  private final long seed;
  private final long[][] stock;
  private final long[][] usedSince;

  StockKeeper(Chain chain, long seed) {
    this.chain = chain;
    this.seed = seed;
    this.stock = new long[chain.pizzerias().size()][chain.ingredients().size()];
    this.usedSince = new long[chain.pizzerias().size()][chain.ingredients().size()];
    for (long[] shelf : stock) {
      for (int i = 0; i < shelf.length; i++) {
        shelf[i] = chain.ingredients().get(i).packGrams() * 20L;
      }
    }
  }

  /** Takes the uses of an order out of the stock of the pizzeria with this index. */
  void use(int pizzeria, List<Use> uses) {
    for (Use use : uses) {
      long deciGrams = use.deciGrams() + use.deciWaste();
      stock[pizzeria][use.ingredient()] -= deciGrams;
      usedSince[pizzeria][use.ingredient()] += deciGrams;
    }
  }

  /** The deliveries of a morning. */
  void morning(int index, LocalDate day, ChainRows rows) {
    Pizzeria pizzeria = chain.pizzerias().get(index);
    for (int i = 0; i < chain.ingredients().size(); i++) {
      Ingredient ingredient = chain.ingredients().get(i);
      int every = 2 + Math.floorMod(ingredient.vendorVat().hashCode() + pizzeria.id(), 3);
      if (Math.floorMod(day.toEpochDay() + pizzeria.id(), every) != 0) {
        continue;
      }
      long pack = ingredient.packGrams() * 10L;
      long target = Math.max(pack, usedSince[index][i] * 3 / 2);
      long packs = Math.floorDiv(target - stock[index][i] + pack - 1, pack);
      if (packs > 0) {
        stock[index][i] += packs * pack;
        usedSince[index][i] = 0;
        rows.movement(
            pizzeria,
            ingredient,
            ingredient.vendorVat(),
            "delivery",
            packs * pack,
            postedAt(day, DELIVERED, i));
      }
    }
  }

  /** What is thrown away in the evening, and on Sundays the count. */
  void evening(int index, LocalDate day, ChainRows rows) {
    Pizzeria pizzeria = chain.pizzerias().get(index);
    Dice dice = Dice.of(seed, PURPOSE, pizzeria.id(), day.toEpochDay());
    for (int i = 0; i < chain.ingredients().size(); i++) {
      Ingredient ingredient = chain.ingredients().get(i);
      boolean spoilt = ingredient.shelfLifeDays() <= FRESH_DAYS && dice.chance(WASTE_CHANCE);
      long gone = spoilt ? (long) (stock[index][i] * 0.2 * dice.unit()) : 0;
      if (gone > 0) {
        stock[index][i] -= gone;
        rows.movement(pizzeria, ingredient, null, "waste", -gone, postedAt(day, CLEARED, i));
      }
    }
    if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      for (int i = 0; i < chain.ingredients().size(); i++) {
        long found = Math.max(0, stock[index][i]);
        stock[index][i] = found;
        rows.movement(
            pizzeria, chain.ingredients().get(i), null, "count", found, postedAt(day, COUNTED, i));
      }
    }
  }

  private static LocalDateTime postedAt(LocalDate day, LocalTime time, int second) {
    return day.atTime(time).plusSeconds(second);
  }
}
