package dev.larder.io.delta.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Which rows are worth putting together, by the bytes of one column: a set of wanted values, each
 * remembered by 64 bits of a hash of its first and last bytes. A value that was added is never
 * missed; another one that differs in these passes once in 2<sup>50</sup> or so, and then its row
 * is shown for nothing.
 *
 * <p><b>Cost</b>: 18 to 36 bytes for a wanted value; a look-up makes no object, and one in vain
 * seldom looks beyond a table of marks that is as small as a processor's first cache.
 */
public final class KeyFilter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_SIZE = 64;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int HALF = 32;
  private static final int SPREAD = 29;
  private static final int MARKS = 8;

  private final String column;
  private long[] hashes = new long[FIRST_SIZE];

  /** Bits, {@value #MARKS} for each place of {@link #hashes}: where none is set, no hash is. */
  private long[] marks = new long[FIRST_SIZE * MARKS / Long.SIZE];

  private int size;
  private boolean all;

  /**
   * @param column of binary values or strings
   */
  public KeyFilter(String column) {
    this.column = column;
  }

  public String column() {
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
  public boolean isEverything() {
    return all;
  }

  /** So many values are wanted. */
  public int size() {
    return size;
  }

  /** Whether a value may be one of the wanted. */
  boolean mayWant(byte[] bytes, int from, int length) {
    long hash = hash(bytes, from, length);
    if ((marks[mark(hash)] & 1L << hash) == 0) {
      return false;
    }
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
      marks = new long[hashes.length * MARKS / Long.SIZE];
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
    marks[mark(hash)] |= 1L << hash;
    return true;
  }

  private int slot(long hash) {
    return (int) (hash >>> HALF) & hashes.length - 1;
  }

  /** Where the mark of a hash is; which bit of it, the hash's lowest bits say. */
  private int mark(long hash) {
    return (int) (hash >>> Byte.SIZE) & marks.length - 1;
  }

  /** Never 0. */
  private static long hash(byte[] bytes, int from, int length) {
    long hash = length;
    int end = from + length;
    if (length >= Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(bytes, from));
      hash = mix(hash, (long) LONGS.get(bytes, end - Long.BYTES));
    } else {
      for (int next = from; next < end; next++) {
        hash = mix(hash, bytes[next]);
      }
    }
    hash ^= hash >>> HALF;
    return hash == 0 ? 1 : hash;
  }

  private static long mix(long hash, long part) {
    return Long.rotateLeft((hash ^ part) * FACTOR, SPREAD);
  }
}
