package dev.larder.transforms.vault;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The hash keys of one hub's business keys that came lately: a thousand shops are not hashed ten
 * million times. Each key has one place and gives it up to the next one that belongs there. Not for
 * two threads.
 */
final class KnownKeys {
  private static final int PLACES = 1 << 10;
  private static final int FACTOR = 0x9E3779B9;
  private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);

  private final byte[][] parts = new byte[PLACES][];
  private final Object[] hashes = new Object[PLACES];

  /**
   * @param encoded the parts of the business key; kept
   * @param hash makes the hash key of these parts, the same each time
   */
  Object of(byte[] encoded, Supplier<Object> hash) {
    int place = Arrays.hashCode(encoded) * FACTOR >>> SHIFT;
    if (!Arrays.equals(parts[place], encoded)) {
      hashes[place] = hash.get();
      parts[place] = encoded;
    }
    return hashes[place];
  }
}
