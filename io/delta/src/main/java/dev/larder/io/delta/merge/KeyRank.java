package dev.larder.io.delta.merge;

import java.nio.charset.StandardCharsets;

/**
 * A number that orders keys roughly: of two keys in the order of {@link RowKey.Of#order} the first
 * has no larger rank (ranks compare as unsigned), and equal keys have equal ranks, also where one
 * is of a narrower type than the other. Rows that are sorted by rank have the rows of a key side by
 * side, in runs that are small where keys are hashes.
 */
final class KeyRank {
  private static final int BYTE = 0xFF;

  /** Of a text: eight whole characters, also where the last is the first half of a pair. */
  private static final int FIRST_CHARS = Long.BYTES + 1;

  private KeyRank() {}

  /**
   * @param key canonical value of the first key column, or null
   */
  static long of(Object key) {
    if (key instanceof byte[] bytes) {
      return ofBytes(bytes);
    } else if (key instanceof String text) {
      String first = text.length() > FIRST_CHARS ? text.substring(0, FIRST_CHARS) : text;
      return ofBytes(first.getBytes(StandardCharsets.UTF_8));
    } else if (key instanceof Number number) {
      return ofNumber(number.doubleValue());
    }
    return key instanceof Boolean flag && flag ? 1 : 0;
  }

  private static long ofBytes(byte[] bytes) {
    long rank = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      rank = rank << Byte.SIZE | (i < bytes.length ? bytes[i] & BYTE : 0);
    }
    return rank;
  }

  /**
   * By the double next to it: whole numbers, decimals of any scale and floats have one order. The
   * bits of a double order as it does, those of negative ones the other way round.
   */
  private static long ofNumber(double number) {
    long bits = Double.doubleToLongBits(number);
    return bits < 0 ? ~bits : bits | Long.MIN_VALUE;
  }
}
