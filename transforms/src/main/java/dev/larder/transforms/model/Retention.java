package dev.larder.transforms.model;

import java.io.Serializable;
import java.time.Period;

/**
 * For how long moments of a {@link Snapshot} are kept, the rarer the longer. A moment is kept if
 * any of the four keeps it.
 *
 * @param daily of every day; {@link Period#ZERO} keeps none
 * @param weekly of Mondays
 * @param monthly of the first days of months
 * @param yearly of the first days of years
 */
public record Retention(Period daily, Period weekly, Period monthly, Period yearly)
    implements Serializable {

  /** Longer than anything is old, and small enough to be taken from any date. */
  public static final Period FOREVER = Period.ofYears(9_999);

  /** Every day, always. */
  public static final Retention ALL = new Retention(FOREVER, Period.ZERO, Period.ZERO, Period.ZERO);
}
