package dev.larder.transforms.snapshot;

import dev.larder.io.changes.Values;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** At which instants a link holds, by what its satellites say. Pure. */
final class OpenTimes {
  private static final Comparator<LegFact.State> ORDER =
      Comparator.comparingLong(LegFact.State::time)
          .thenComparing(LegFact.State::sequence, Values::compareText);

  private OpenTimes() {}

  /** From a time on. */
  static BitSet since(long time, AsOfs asOfs) {
    BitSet at = new BitSet(asOfs.size());
    at.set(asOfs.from(time), asOfs.size());
    return at;
  }

  /**
   * Where the latest state of one of the tables is open; before its first state none is.
   *
   * @param states in any order, repeated or not
   */
  static BitSet of(Collection<LegFact.State> states, AsOfs asOfs) {
    BitSet at = new BitSet(asOfs.size());
    Map<Integer, List<LegFact.State>> tables =
        states.stream().sorted(ORDER).collect(Collectors.groupingBy(LegFact.State::table));
    for (List<LegFact.State> sorted : tables.values()) {
      for (int i = 0; i < sorted.size(); i++) {
        if (sorted.get(i).isOpen()) {
          int end = i + 1 == sorted.size() ? asOfs.size() : asOfs.from(sorted.get(i + 1).time());
          at.set(asOfs.from(sorted.get(i).time()), end);
        }
      }
    }
    return at;
  }
}
