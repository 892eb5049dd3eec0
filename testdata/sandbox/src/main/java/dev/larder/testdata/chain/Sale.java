package dev.larder.testdata.chain;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One order as the till knows it.
 *
 * @param id surrogate key, over all countries
 * @param orderNo counted per country
 * @param orderedAt UTC, milliseconds
 */
record Sale(
    long id,
    Pizzeria pizzeria,
    long orderNo,
    String channel,
    LocalDateTime orderedAt,
    List<SaleLine> lines) {

  BigDecimal total() {
    return lines.stream()
        .map(SaleLine::amount)
        .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
  }
}
