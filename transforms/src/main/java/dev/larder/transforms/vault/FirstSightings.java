package dev.larder.transforms.vault;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Forgets rows that a table would ignore anyway: of a table where the first row of a key wins
 * ({@link LoadRule.InsertIfAbsent}), a row whose key was seen before with an order as small. The
 * row with the smallest order of all is never forgotten, so a sink that takes the first in order
 * gives the same result with and without.
 *
 * <p><b>Cost</b>: remembers up to {@value #LIMIT} keys and lets the others pass.
 */
final class FirstSightings {
  private static final int LIMIT = 50_000;

  private final Map<Key, Sequence> smallest = new HashMap<>();

  /** A key of a table; the hash is bytes or their text. */
  private record Key(String table, Object hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && table.equals(that.table) && Values.same(hash, that.hash);
    }

    @Override
    public int hashCode() {
      int code = hash instanceof byte[] bytes ? Arrays.hashCode(bytes) : hash.hashCode();
      return code * 31 + table.hashCode();
    }
  }

  void clear() {
    smallest.clear();
  }

  /**
   * Whether the row may matter.
   *
   * @param row of a hub or link: its first column is the hash key
   */
  boolean isFirst(TableRow row) {
    Key key = new Key(row.table(), row.values()[0]);
    Sequence seen = smallest.get(key);
    if (seen != null && seen.compareTo(row.order()) <= 0) {
      return false;
    }
    if (seen != null || smallest.size() < LIMIT) {
      smallest.put(key, row.order());
    }
    return true;
  }
}
