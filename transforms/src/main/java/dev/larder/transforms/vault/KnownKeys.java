package dev.larder.transforms.vault;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The hash keys of one hub's business keys that came lately: a thousand shops are not hashed ten
 * million times. A key has one of two places, the newer one first, and the older gives its up.
 * Where few of the first keys come again, as those of orders, none is looked up any more. Not for
 * two threads.
 */
final class KnownKeys {
  private static final int PLACES = 1 << 12;
  private static final int FACTOR = 0x9E3779B9;
  private static final int TRIALS = 1 << 13;
  private static final int FEWEST_KNOWN = TRIALS / 16;
  private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);

  private byte[][] parts = new byte[PLACES][];
  private Object[] hashes = new Object[PLACES];
  private int trials;
  private int known;

  /**
   * @param encoded the parts of the business key; kept
   * @param hash makes the hash key of these parts, the same each time
   */
  Object of(byte[] encoded, Supplier<Object> hash) {
    if (parts == null) {
      return hash.get();
    }
    int place = Arrays.hashCode(encoded) * FACTOR >>> SHIFT;
    int other = place ^ 1;
    Object found;
    if (Arrays.equals(parts[place], encoded)) {
      known++;
      found = hashes[place];
    } else if (Arrays.equals(parts[other], encoded)) {
      known++;
      found = hashes[other];
    } else {
      parts[other] = parts[place];
      hashes[other] = hashes[place];
      found = hash.get();
      parts[place] = encoded;
      hashes[place] = found;
    }
    if (trials < TRIALS && ++trials == TRIALS && known < FEWEST_KNOWN) {
      parts = null;
      hashes = null;
    }
    return found;
  }
}
