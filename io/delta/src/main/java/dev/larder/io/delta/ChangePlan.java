package dev.larder.io.delta;

import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of reading changes share.
 *
 * @param after the first place; its own version is not read
 * @param upTo the last place, whose version is read; null for the latest
 * @param keys by table
 */
record ChangePlan(String lake, Place after, Place upTo, Map<String, List<String>> keys)
    implements Serializable {

  /**
   * A version, or the one that is the latest at a time.
   *
   * @param time null for {@code version}
   */
  record Place(long version, Instant time) implements Serializable {}

  ChangePlan {
    keys = new HashMap<>(keys);
  }

  ChangePlan withLake(String wanted) {
    return new ChangePlan(wanted, after, upTo, keys);
  }

  ChangePlan withAfter(Place place) {
    return new ChangePlan(lake, place, upTo, keys);
  }

  ChangePlan withUpTo(Place place) {
    return new ChangePlan(lake, after, place, keys);
  }

  ChangePlan withKey(String table, List<String> columns) {
    Map<String, List<String>> more = new HashMap<>(keys);
    more.put(table, List.copyOf(columns));
    return new ChangePlan(lake, after, upTo, more);
  }
}
