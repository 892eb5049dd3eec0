package dev.larder.testdata.chain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What one order used of one ingredient.
 *
 * @param ingredient index into the chain's ingredients
 * @param deciGrams tenths of a gram on the pizzas: exactly the recipes times the pieces
 * @param deciWaste tenths of a gram lost beside them
 */
record Use(int ingredient, long deciGrams, long deciWaste) {

  /**
   * The uses of a sale, one per ingredient, in the order of the ingredients. Waste is what the
   * recipe expects times a factor drawn from [0.5, 1.5).
   */
  static List<Use> of(Sale sale, Dice dice) {
    TreeMap<Integer, long[]> sums = new TreeMap<>();
    for (SaleLine line : sale.lines()) {
      for (RecipeLine need : line.product().recipe()) {
        long[] sum = sums.computeIfAbsent(need.ingredient(), unused -> new long[2]);
        long deciGrams = need.deciGrams() * line.quantity();
        sum[0] += deciGrams;
        sum[1] += deciGrams * need.wasteHundredths();
      }
    }
    List<Use> uses = new ArrayList<>(sums.size());
    sums.forEach(
        (ingredient, sum) ->
            uses.add(
                new Use(ingredient, sum[0], Math.round(sum[1] / 10_000.0 * (0.5 + dice.unit())))));
    return uses;
  }

  BigDecimal grams() {
    return BigDecimal.valueOf(deciGrams, 1);
  }

  BigDecimal wasteGrams() {
    return BigDecimal.valueOf(deciWaste, 1);
  }

  /** Grams and waste at the ingredient's price, in whole currency units with four places. */
  BigDecimal cost(Ingredient priced) {
    return BigDecimal.valueOf((deciGrams + deciWaste) * priced.centsPerKg(), 6)
        .setScale(4, RoundingMode.HALF_UP);
  }
}
