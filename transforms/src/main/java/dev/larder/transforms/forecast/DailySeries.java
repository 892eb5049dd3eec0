package dev.larder.transforms.forecast;

import java.util.Arrays;
import java.util.Objects;

/**
 * One value a day from a first day on, without holes: a day of which nothing is known (the place
 * was closed) holds NaN. Immutable.
 */
public final class DailySeries {
  private final SeriesKey key;
  private final int firstDay;
  private final double[] values;

  private DailySeries(SeriesKey key, int firstDay, double[] values) {
    this.key = Objects.requireNonNull(key, "key");
    this.firstDay = firstDay;
    this.values = values;
  }

  /**
   * @param firstDay the day of the first value, days since 1970-01-01
   * @param values finite, or NaN where missing; copied
   * @throws IllegalArgumentException if a value is infinite
   */
  public static DailySeries of(SeriesKey key, int firstDay, double... values) {
    for (double value : values) {
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException("a series holds an infinite value");
      }
    }
    return new DailySeries(key, firstDay, values.clone());
  }

  public SeriesKey key() {
    return key;
  }

  /** The day of the first value, days since 1970-01-01. */
  public int firstDay() {
    return firstDay;
  }

  /** The day of the last value; the day before {@link #firstDay} if there is none. */
  public int lastDay() {
    return firstDay + values.length - 1;
  }

  public int length() {
    return values.length;
  }

  /** The value of a day; NaN if it is missing or outside of the series. */
  public double on(int day) {
    int index = day - firstDay;
    return index >= 0 && index < values.length ? values[index] : Double.NaN;
  }

  /** A copy of the values, NaN where missing. */
  public double[] values() {
    return values.clone();
  }

  /** Number of days that are not missing. */
  public int observed() {
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
      }
    }
    return count;
  }

  /** Mean of the days that are not missing; 0 if all are. */
  public double mean() {
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += value;
      }
    }
    int observed = observed();
    return observed == 0 ? 0 : sum / observed;
  }

  /** This series cut, or lengthened by missing days, so that it ends with the given day. */
  public DailySeries until(int lastDay) {
    int length = Math.max(0, lastDay - firstDay + 1);
    double[] part = Arrays.copyOf(values, length);
    if (length > values.length) {
      Arrays.fill(part, values.length, length, Double.NaN);
    }
    return new DailySeries(key, firstDay, part);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DailySeries that
        && key.equals(that.key)
        && firstDay == that.firstDay
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, firstDay, Arrays.hashCode(values));
  }

  /** Without the values: no payload may reach a log. */
  @Override
  public String toString() {
    return values.length + " days from " + firstDay;
  }
}
