package dev.larder.transforms.vault;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Forgets rows that a table would ignore anyway: of a table where the first row of a key wins
 * ({@link LoadRule.InsertIfAbsent}), a row whose key was seen before with an order as small. The
 * row with the smallest order of all is never forgotten, so a sink that takes the first in order
 * gives the same result with and without.
 *
 * <p><b>Cost</b>: remembers up to {@value #LIMIT} keys of a table and lets the others pass; where
 * few of so many keys came again, it lets all pass from then on.
 */
final class FirstSightings {
  static final int LIMIT = 20_000;

  /** Of a table that is worth remembering, one row in so many is left out. */
  private static final int WORTH = 8;

  private final Map<String, Seen> tables = new HashMap<>();

  /** The smallest order of each key of a table. */
  private static final class Seen {
    private final Map<Key, Sequence> smallest = new HashMap<>();
    private long rows;
    private long repeated;
    private boolean isPointless;
  }

  /** A hash key: bytes or their text. */
  private record Key(Object hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Values.same(hash, that.hash);
    }

    /** Bytes of a hash need no hashing. */
    @Override
    public int hashCode() {
      return hash instanceof byte[] bytes && bytes.length >= Integer.BYTES
          ? ByteBuffer.wrap(bytes).getInt()
          : hash.hashCode();
    }
  }

  void clear() {
    tables.clear();
  }

  /**
   * Whether the row may matter.
   *
   * @param row of a hub or link: its first column is the hash key
   */
  boolean isFirst(TableRow row) {
    Seen seen = tables.computeIfAbsent(row.table(), any -> new Seen());
    return seen.isPointless || isFirst(seen, new Key(row.values()[0]), row.order());
  }

  private static boolean isFirst(Seen seen, Key key, Sequence order) {
    seen.rows++;
    Sequence known = seen.smallest.get(key);
    if (known != null && known.compareTo(order) <= 0) {
      seen.repeated++;
      return false;
    }
    if (known != null || seen.smallest.size() < LIMIT) {
      seen.smallest.put(key, order);
    } else if (seen.repeated * WORTH < seen.rows) {
      seen.isPointless = true;
      seen.smallest.clear();
    }
    return true;
  }
}
