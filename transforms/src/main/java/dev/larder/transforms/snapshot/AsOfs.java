package dev.larder.transforms.snapshot;

import dev.larder.io.changes.Values;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/** The instants to build a table for, in order. */
final class AsOfs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] micros;
  private final boolean[] forNewKeys;

  /**
   * @param whole for all keys
   * @param newKeys for keys alone that the table lacks
   */
  AsOfs(Collection<Instant> whole, Collection<Instant> newKeys) {
    TreeMap<Instant, Boolean> all = new TreeMap<>();
    newKeys.forEach(each -> all.put(each, true));
    whole.forEach(each -> all.put(each, false));
    micros = new long[all.size()];
    forNewKeys = new boolean[micros.length];
    int i = 0;
    for (var each : all.entrySet()) {
      micros[i] = Values.micros(each.getKey());
      forNewKeys[i++] = each.getValue();
    }
  }

  int size() {
    return micros.length;
  }

  /** Microseconds since the epoch. */
  long micros(int place) {
    return micros[place];
  }

  boolean isForNewKeys(int place) {
    return forNewKeys[place];
  }

  /** The last instant; before all times if there is none. */
  long last() {
    return micros.length == 0 ? Long.MIN_VALUE : micros[micros.length - 1];
  }

  /** The place of the first instant that is not before a time. */
  int from(long time) {
    int low = 0;
    int high = micros.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (micros[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
