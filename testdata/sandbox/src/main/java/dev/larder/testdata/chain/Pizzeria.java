package dev.larder.testdata.chain;

import java.time.LocalDate;
import java.util.Locale;

/**
 * One restaurant. The tills know it as (country, unit code), the stock system as (land, unit
 * number): {@code DE/00012} is {@code de/12}.
 *
 * @param id 1, 2, ... in the order of the chain
 * @param currency ISO 4217, of its orders
 * @param level how much it sells against the mean pizzeria; 1 on average over the chain
 * @param closedOnMondays whether Monday is its weekly closing day
 */
public record Pizzeria(
    int id,
    String country,
    int unitNo,
    String name,
    String city,
    String timezone,
    LocalDate openedOn,
    String currency,
    double level,
    boolean closedOnMondays) {

  /** The unit number as five digits: {@code 00012}. */
  public String unitCode() {
    String digits = Integer.toString(unitNo);
    return "00000".substring(digits.length()) + digits;
  }

  /** The country in lower case, as the stock system spells it. */
  public String land() {
    return country.toLowerCase(Locale.ROOT);
  }
}
