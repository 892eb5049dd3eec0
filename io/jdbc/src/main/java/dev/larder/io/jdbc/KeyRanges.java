package dev.larder.io.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an index into ranges. The ranges are disjoint, in the index's order, and cover every key:
 * the first has no lower and the last no upper bound, so that a row beyond the keys seen while
 * planning is read as well.
 */
public final class KeyRanges {

  private KeyRanges() {}

  /**
   * Cuts at given places, each of which begins a range.
   *
   * @param cuts ascending in the index's order, as the database has it
   * @return one range more than there are cuts
   */
  public static List<KeyRange> at(KeyIndex index, List<KeyBound> cuts) {
    List<KeyRange> ranges = new ArrayList<>(cuts.size() + 1);
    KeyBound from = null;
    for (KeyBound cut : cuts) {
      ranges.add(new KeyRange(index, from, cut));
      from = cut;
    }
    ranges.add(new KeyRange(index, from, null));
    return ranges;
  }
}
