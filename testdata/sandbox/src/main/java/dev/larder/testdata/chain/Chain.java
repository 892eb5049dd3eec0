package dev.larder.testdata.chain;

import java.util.List;

/**
 * What a pizza chain has, apart from what happens to it. Immutable; the same settings make the same
 * chain. Everything in it happens in UTC.
 *
 * @param products in the order of their ids 1, 2, ...
 * @param ingredients addressed by their index in recipes
 */
public record Chain(
    List<Pizzeria> pizzerias,
    List<Product> products,
    List<Ingredient> ingredients,
    List<Vendor> vendors) {

  public Chain {
    pizzerias = List.copyOf(pizzerias);
    products = List.copyOf(products);
    ingredients = List.copyOf(ingredients);
    vendors = List.copyOf(vendors);
  }

  /**
   * The chain of these settings: pizzerias in four countries (six from 60 pizzerias on), 32 pizzas
   * in sizes S to XL (four of them in XXL too, which nobody orders any more), 60 ingredients, and
   * seven vendors of whom two deliver nothing.
   */
  public static Chain of(ChainSettings settings) {
    Menu menu = Menu.ofTheChain();
    return new Chain(Pizzerias.of(settings), menu.products(), menu.ingredients(), menu.vendors());
  }

  /** Cumulative popularity of the products, for {@link Dice#pick}. */
  double[] popularity() {
    double[] cumulative = new double[products.size()];
    double total = 0;
    for (int i = 0; i < cumulative.length; i++) {
      total += products.get(i).popularity();
      cumulative[i] = total;
    }
    return cumulative;
  }
}
