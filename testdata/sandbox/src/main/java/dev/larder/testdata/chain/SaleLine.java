package dev.larder.testdata.chain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One line of an order.
 *
 * @param discountPercent whole percent off the line
 */
record SaleLine(Product product, int quantity, int discountPercent) {
  BigDecimal unitPrice() {
    return BigDecimal.valueOf(product.priceCents(), 2);
  }

  /** What the guest pays for the line, rounded to cents half up. */
  BigDecimal amount() {
    return BigDecimal.valueOf(product.priceCents() * quantity * (100 - discountPercent), 4)
        .setScale(2, RoundingMode.HALF_UP);
  }
}
