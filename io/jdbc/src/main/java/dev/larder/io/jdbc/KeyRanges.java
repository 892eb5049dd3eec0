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
