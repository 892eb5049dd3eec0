package dev.larder.io.changes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * How many rows there are, of what size, and a checksum that tells whether two sets of rows are the
 * same: the sum of a 64-bit hash of every row. The order of rows does not matter, repetitions
 * count, and what was added up in parts is the sum of the parts.
 *
 * <p>Rows are hashed in their canonical values ({@link Kind}), so that a row has one hash whichever
 * way it was read. The hash finds mistakes, not forgery. It is the same in all versions.
 *
 * <p><b>Cost</b>: some 40 ns for a row of eight columns and 95 bytes.
 *
 * <p>Not safe for threads.
 */
public final class RowDigest {
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long FACTOR = 0xD6E8FEB86659FD93L;
  private static final long NULL = 0x4CF5AD432745937FL;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int CHARS_AT_ONCE = 4;

  private long rows;
  private long bytes;
  private long checksum;

  /** Adds a row of canonical values. */
  public void add(Object[] row) {
    rows++;
    checksum += finish(hash(SEED, row));
  }

  public long rows() {
    return rows;
  }

  /**
   * The size of the values: 8 for numbers and times, 4 for dates and floats, 1 for booleans, one
   * for every character of a text and every byte of a binary, nothing for NULL.
   */
  public long bytes() {
    return bytes;
  }

  public long checksum() {
    return checksum;
  }

  private long hash(long start, Object[] row) {
    long hash = start;
    for (Object value : row) {
      hash = value(hash, value);
    }
    return hash;
  }

  private long value(long hash, Object value) {
    if (value == null) {
      return mix(hash, NULL);
    } else if (value instanceof Long number) {
      return fixed(hash, number, Long.BYTES);
    } else if (value instanceof String text) {
      return text(hash, text);
    } else if (value instanceof BigDecimal decimal) {
      return decimal(hash, decimal);
    } else if (value instanceof Integer number) {
      return fixed(hash, number, Integer.BYTES);
    } else if (value instanceof Boolean truth) {
      return fixed(hash, truth ? 1 : 0, 1);
    } else if (value instanceof Double number) {
      return fixed(hash, Double.doubleToLongBits(number), Double.BYTES);
    } else if (value instanceof Float number) {
      return fixed(hash, Float.floatToIntBits(number), Float.BYTES);
    } else if (value instanceof byte[] binary) {
      bytes += binary.length;
      return binary(hash, binary);
    } else if (value instanceof Object[] inner) {
      return hash(mix(hash, inner.length), inner);
    }
    throw new IllegalArgumentException(value.getClass() + " is no canonical value");
  }

  private long fixed(long hash, long value, int size) {
    bytes += size;
    return mix(hash, value);
  }

  private long decimal(long hash, BigDecimal decimal) {
    BigInteger digits = decimal.unscaledValue();
    bytes += Long.BYTES;
    return digits.bitLength() < Long.SIZE
        ? mix(hash, digits.longValue())
        : binary(hash, digits.toByteArray());
  }

  private long text(long start, String text) {
    int length = text.length();
    bytes += length;
    long hash = mix(start, length);
    int i = 0;
    for (; i + CHARS_AT_ONCE <= length; i += CHARS_AT_ONCE) {
      long chars =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      hash = mix(hash, chars);
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << 16 | text.charAt(i);
    }
    return mix(hash, rest);
  }

  private static long binary(long start, byte[] binary) {
    long hash = mix(start, binary.length);
    int i = 0;
    for (; i + Long.BYTES <= binary.length; i += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(binary, i));
    }
    long rest = 0;
    for (; i < binary.length; i++) {
      rest = rest << 8 | binary[i] & 0xff;
    }
    return mix(hash, rest);
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * FACTOR;
    return mixed ^ mixed >>> 32;
  }

  /** The last step of SplitMix64: every bit of the sum depends on every bit of the row. */
  private static long finish(long hash) {
    long mixed = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
