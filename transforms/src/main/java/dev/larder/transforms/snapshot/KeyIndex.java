package dev.larder.transforms.snapshot;

import java.util.Arrays;
import java.util.Collection;

/** The distinct hash keys of a range in order, and the place of each. */
final class KeyIndex {
  private static final int FREE = -1;

  private final byte[][] keys;
  private final int[] slots;

  /**
   * @param found in any order, repeated or not
   */
  KeyIndex(Collection<byte[]> found) {
    byte[][] sorted = found.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    int count = 0;
    for (byte[] key : sorted) {
      if (count == 0 || !Arrays.equals(sorted[count - 1], key)) {
        sorted[count++] = key;
      }
    }
    keys = count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    slots = new int[Integer.highestOneBit(Math.max(1, count)) * 4];
    Arrays.fill(slots, FREE);
    for (int i = 0; i < count; i++) {
      int slot = HashKeys.hash(keys[i], 0, keys[i].length) & slots.length - 1;
      while (slots[slot] != FREE) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = i;
    }
  }

  int size() {
    return keys.length;
  }

  byte[] key(int place) {
    return keys[place];
  }

  /** The place of the key that a cursor stands on; -1 if it is none of these. */
  int find(KeyBlock.Cursor cursor) {
    byte[] bytes = cursor.bytes();
    int from = cursor.key();
    int to = from + cursor.keyLength();
    int slot = HashKeys.hash(bytes, from, cursor.keyLength()) & slots.length - 1;
    while (slots[slot] != FREE) {
      byte[] key = keys[slots[slot]];
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    return FREE;
  }
}
