package dev.larder.io.jdbc;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an integer key into ranges. The ranges are disjoint, in ascending order, and cover every
 * integer: the first has no lower and the last no upper bound, so that a row beyond the limits seen
 * while planning is read as well.
 */
public final class KeyRanges {

  private KeyRanges() {}

  /**
   * Cuts at even steps between the lowest and the highest key.
   *
   * @param min the lowest key, or null for an empty table
   * @param max the highest key, or null for an empty table
   * @param count how many ranges are wanted, at least 1; fewer come out if there are fewer integers
   *     between {@code min} and {@code max}
   * @return at least one range
   */
  public static List<KeyRange> evenly(String column, BigInteger min, BigInteger max, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count " + count);
    }
    List<BigInteger> cuts = new ArrayList<>();
    if (min != null && max != null) {
      BigInteger span = max.subtract(min).add(BigInteger.ONE);
      BigInteger pieces = BigInteger.valueOf(count).min(span).max(BigInteger.ONE);
      for (BigInteger i = BigInteger.ONE; i.compareTo(pieces) < 0; i = i.add(BigInteger.ONE)) {
        cuts.add(min.add(span.multiply(i).divide(pieces)));
      }
    }
    return at(column, cuts);
  }

  /**
   * Cuts at given keys, each of which begins a range.
   *
   * @param cuts strictly ascending
   * @return one range more than there are cuts
   */
  public static List<KeyRange> at(String column, List<BigInteger> cuts) {
    List<KeyRange> ranges = new ArrayList<>(cuts.size() + 1);
    BigInteger from = null;
    for (BigInteger cut : cuts) {
      if (from != null && from.compareTo(cut) >= 0) {
        throw new IllegalArgumentException("cuts do not ascend: " + from + ", " + cut);
      }
      ranges.add(range(column, from, cut));
      from = cut;
    }
    ranges.add(range(column, from, null));
    return ranges;
  }

  private static KeyRange range(String column, BigInteger from, BigInteger to) {
    return new KeyRange(
        column, from == null ? null : from.toString(), to == null ? null : to.toString());
  }
}
