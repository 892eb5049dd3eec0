package dev.larder.pipelines.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which instants of a PIT or bridge are built anew. Pure.
 *
 * @param whole all rows of these are made anew
 * @param newKeys to these, which are right as they are, rows of keys that they lack are added
 * @param dropped these go
 */
record Rebuild(SortedSet<Instant> whole, SortedSet<Instant> newKeys, SortedSet<Instant> dropped) {
  /** An instant with more files is made anew, so that small additions do not pile up. */
  static final int MAX_FILES = 64;

  /**
   * @param wanted the instants that the table is to have
   * @param files of the instants that it has
   * @param changedFrom rows with this load time or a later one came or went since it was built;
   *     null for none
   * @param hasNewKeys whether keys came since that have a row at every instant
   */
  static Rebuild of(
      SortedSet<Instant> wanted,
      Map<Instant, Integer> files,
      Instant changedFrom,
      boolean hasNewKeys) {
    SortedSet<Instant> whole = new TreeSet<>();
    SortedSet<Instant> newKeys = new TreeSet<>();
    for (Instant instant : wanted) {
      Integer found = files.get(instant);
      boolean isChanged = changedFrom != null && !instant.isBefore(changedFrom);
      if (found == null || isChanged || hasNewKeys && found > MAX_FILES) {
        whole.add(instant);
      } else if (hasNewKeys) {
        newKeys.add(instant);
      }
    }
    SortedSet<Instant> dropped = new TreeSet<>(files.keySet());
    dropped.removeAll(wanted);
    return new Rebuild(whole, newKeys, dropped);
  }

  /** Everything is made anew. */
  static Rebuild ofEverything(SortedSet<Instant> wanted) {
    return new Rebuild(wanted, new TreeSet<>(), new TreeSet<>());
  }

  boolean isNothing() {
    return whole.isEmpty() && newKeys.isEmpty() && dropped.isEmpty();
  }

  /** Instants whose stored rows go. */
  List<Instant> replaced() {
    List<Instant> replaced = new ArrayList<>(whole);
    replaced.addAll(dropped);
    return replaced;
  }
}
