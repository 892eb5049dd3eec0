package dev.larder.testdata.chain;

import java.util.List;

/**
 * One pizza in one size.
 *
 * @param priceCents in hundredths of its currency
 * @param popularity weight among all products; 0 for a product that nobody sells any more
 * @param recipe what one piece needs
 */
public record Product(
    int id,
    String sku,
    String name,
    String category,
    Size size,
    long priceCents,
    String currency,
    double popularity,
    List<RecipeLine> recipe) {

  /** Whether it is sold. */
  public boolean active() {
    return popularity > 0;
  }

  Product withPriceCents(long cents) {
    return new Product(id, sku, name, category, size, cents, currency, popularity, recipe);
  }
}
