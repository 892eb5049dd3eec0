package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which keys of a part of all keys are new in a full read, changed, or gone, from marks of
 * its rows and of all rows and changes that the reads before it left. Marks may be added in any
 * order; of a key the last change before the read counts. Pure.
 *
 * <p>Rows are compared by 64 bits of a hash of their values.
 *
 * <p><b>Cost</b>: 72 to 144 bytes for a key. Not for two threads.
 */
final class ReadComparison {
  /** A mark: the key's hash, what was there or is, the hash of its values. */
  static final int MARK_BYTES = KeyHash.BYTES + 2 * Long.BYTES;

  private static final long NOW = -1;
  private static final int LONGS = 6;
  private static final int FIRST_SLOTS = 1 << 10;

  /** Of each slot: both halves of the key, before, its values, now, its values. */
  private long[] slots = new long[FIRST_SLOTS * LONGS];

  private int keys;

  /** What may be found of a key that is not as it was. */
  enum Found {
    NEW,
    CHANGED,
    GONE
  }

  /** Marks a row of the read. */
  static void markNow(KeyHash key, ChangeRecord row, ByteBuffer out) {
    key.write(out);
    out.putLong(NOW).putLong(values(row.after()));
  }

  /** Marks a row or a change that an earlier read left. */
  static void markBefore(KeyHash key, ChangeRecord change, ByteBuffer out) {
    boolean isThere = change.after() != null;
    key.write(out);
    out.putLong((change.sequence().position() << 1) | (isThere ? 1 : 0));
    out.putLong(isThere ? values(change.after()) : 0);
  }

  /** A hash of a row's values. */
  static long values(Object[] row) {
    RowDigest digest = new RowDigest();
    digest.add(row);
    return digest.checksum();
  }

  void add(ByteBuffer marks) {
    while (marks.hasRemaining()) {
      add(marks.getLong(), marks.getLong(), marks.getLong(), marks.getLong());
    }
  }

  private void add(long high, long low, long state, long values) {
    if (3L * keys >= 2L * (slots.length / LONGS)) {
      grow();
    }
    int at = slot(high, low);
    if (slots[at + 2] == 0 && slots[at + 4] == 0) {
      keys++;
      slots[at] = high;
      slots[at + 1] = low;
    }
    if (state == NOW) {
      // A row that moved between two ranges may have been read twice.
      slots[at + 5] = slots[at + 4] == 0 ? values : Math.max(slots[at + 5], values);
      slots[at + 4] = 1;
    } else if (state + 1 > slots[at + 2]) {
      slots[at + 2] = state + 1;
      slots[at + 3] = values;
    }
  }

  /** Where a key is, or is to be put. */
  private int slot(long high, long low) {
    int mask = slots.length / LONGS - 1;
    int slot = (int) (low ^ (low >>> 32)) & mask;
    while (true) {
      int at = slot * LONGS;
      boolean isFree = slots[at + 2] == 0 && slots[at + 4] == 0;
      if (isFree || (slots[at] == high && slots[at + 1] == low)) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    for (int from = 0; from < old.length; from += LONGS) {
      if (old[from + 2] != 0 || old[from + 4] != 0) {
        System.arraycopy(old, from, slots, slot(old[from], old[from + 1]), LONGS);
      }
    }
  }

  /** The keys that are not as they were, sorted. */
  Map<Found, List<KeyHash>> found() {
    Map<Found, List<KeyHash>> found = new EnumMap<>(Found.class);
    for (int at = 0; at < slots.length; at += LONGS) {
      Found what = found(Arrays.copyOfRange(slots, at, at + LONGS));
      if (what != null) {
        found
            .computeIfAbsent(what, any -> new ArrayList<>())
            .add(new KeyHash(slots[at], slots[at + 1]));
      }
    }
    found.values().forEach(Collections::sort);
    return found;
  }

  private static Found found(long[] slot) {
    boolean was = slot[2] != 0 && ((slot[2] - 1) & 1) == 1;
    boolean is = slot[4] != 0;
    if (was && is) {
      return slot[3] == slot[5] ? null : Found.CHANGED;
    }
    return is ? Found.NEW : was ? Found.GONE : null;
  }
}
