package dev.larder.testdata.chain;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Draws what the guests of a chain order. */
final class Cashier {
  private static final double[] LINES = {0.24, 0.56, 0.78, 0.91, 1.00};
  private static final double[] QUANTITY = {0.85, 0.97, 1.00};
  private static final double[] CHANNEL = {0.30, 0.45, 0.75, 1.00};
  private static final List<String> CHANNELS = List.of("counter", "phone", "web", "app");

  private final Product[] products;
  private final double[] popularity;

  Cashier(Chain chain) {
    this.products = chain.products().toArray(new Product[0]);
    this.popularity = chain.popularity();
  }

  /** An order of 1 to 5 lines, 2.5 on average; in a promotion half of the lines are 20 % off. */
  Sale sale(
      long id,
      Pizzeria pizzeria,
      long orderNo,
      LocalDateTime orderedAt,
      double discountChance,
      Dice dice) {
    String channel = CHANNELS.get(dice.pick(CHANNEL));
    int count = 1 + dice.pick(LINES);
    List<SaleLine> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Product product = products[dice.pick(popularity)];
      lines.add(
          new SaleLine(product, 1 + dice.pick(QUANTITY), dice.chance(discountChance) ? 20 : 0));
    }
    return new Sale(id, pizzeria, orderNo, channel, orderedAt, List.copyOf(lines));
  }

  /** From now on the product costs this. */
  void reprice(String sku, long cents) {
    for (int i = 0; i < products.length; i++) {
      if (products[i].sku().equals(sku)) {
        products[i] = products[i].withPriceCents(cents);
      }
    }
  }
}
