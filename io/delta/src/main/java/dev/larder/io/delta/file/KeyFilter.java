package dev.larder.io.delta.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Which rows are worth putting together, by the bytes of one column: a set of wanted values, each
 * remembered by 64 bits of its hash. A value that was added is never missed; another one passes
 * once in 2<sup>50</sup> or so, and then its row is shown for nothing.
 *
 * <p><b>Cost</b>: 16 to 32 bytes for a wanted value; a look-up makes no object.
 */
public final class KeyFilter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_SIZE = 64;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int HALF = 32;
  private static final int SPREAD = 29;

  private final String column;
  private long[] hashes = new long[FIRST_SIZE];
  private int size;
  private boolean all;

  /**
   * @param column of binary values or strings
   */
  public KeyFilter(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** Adds a wanted value; if it is neither bytes nor a string, every row is wanted from then on. */
  public void add(Object value) {
    if (value instanceof byte[] bytes) {
      add(hash(bytes, 0, bytes.length));
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      add(hash(bytes, 0, bytes.length));
    } else {
      all = true;
    }
  }

  /** Whether every row is wanted. */
  boolean isEverything() {
    return all;
  }

  /** Whether a value may be one of the wanted. */
  boolean mayWant(byte[] bytes, int from, int length) {
    long hash = hash(bytes, from, length);
    long[] known = hashes;
    for (int i = slot(hash); known[i] != 0; i = i + 1 & known.length - 1) {
      if (known[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private void add(long hash) {
    if (size * 2 >= hashes.length) {
      long[] smaller = hashes;
      hashes = new long[smaller.length * 2];
      for (long known : smaller) {
        if (known != 0) {
          put(known);
        }
      }
    }
    size += put(hash) ? 1 : 0;
  }

  private boolean put(long hash) {
    int i = slot(hash);
    while (hashes[i] != 0) {
      if (hashes[i] == hash) {
        return false;
      }
      i = i + 1 & hashes.length - 1;
    }
    hashes[i] = hash;
    return true;
  }

  private int slot(long hash) {
    return (int) (hash >>> HALF) & hashes.length - 1;
  }

  /** Never 0. */
  private static long hash(byte[] bytes, int from, int length) {
    long hash = length;
    int end = from + length;
    int next = from;
    for (; next + Long.BYTES <= end; next += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(bytes, next));
    }
    for (; next < end; next++) {
      hash = mix(hash, bytes[next]);
    }
    hash ^= hash >>> HALF;
    return hash == 0 ? 1 : hash;
  }

  private static long mix(long hash, long part) {
    return Long.rotateLeft((hash ^ part) * FACTOR, SPREAD);
  }
}
