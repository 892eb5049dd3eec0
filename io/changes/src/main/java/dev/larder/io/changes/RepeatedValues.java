package dev.larder.io.changes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Long texts and bytes that rows of a block have again and again, hashes of parents above all: each
 * stands once with the block, and in the rows a reference of two bytes. A column is tried, and
 * given up for good where most of its values come once. Pure; not for two threads.
 *
 * <p><b>Cost</b>: a reference is the value's place in a table that is small enough to stay near the
 * processor for some dozens of blocks that are filled together; values that find no place there are
 * written as they are.
 */
public final class RepeatedValues {
  /** What is shorter is written and read as fast as it is looked up. */
  private static final int LEAST_LENGTH = 24;

  private static final int PLACES = 1 << 11;
  private static final int NEIGHBOURS = 1 << 3;
  private static final int FIRST_TRIED = 1 << 10;
  private static final int TRIED = 1 << 11;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[][] NOTHING = {};

  private final boolean[] givenUp;

  /** Of each column, the values since it was judged, and those of them that were not there yet. */
  private final int[] tried;

  private final int[] fresh;

  /** When each column is judged again. */
  private final int[] judgedAt;

  private final Object[] values = new Object[PLACES];
  private int bytes;

  /**
   * @param columns of a row
   */
  public RepeatedValues(int columns) {
    this.givenUp = new boolean[columns];
    this.tried = new int[columns];
    this.fresh = new int[columns];
    this.judgedAt = new int[columns];
    Arrays.fill(judgedAt, FIRST_TRIED);
  }

  /**
   * The place of a value that is to be referred to.
   *
   * @param value a String or byte[]
   * @return -1 if it is to be written itself
   */
  int find(int column, Object value) {
    if (givenUp[column] || length(value) < LEAST_LENGTH) {
      return -1;
    }
    if (tried[column] == judgedAt[column]) {
      judge(column);
    }
    tried[column]++;
    int place = hash(value) & PLACES - 1;
    for (int i = 0; i < NEIGHBOURS; i++) {
      Object there = values[place];
      if (there == null) {
        values[place] = value;
        bytes += Integer.BYTES + length(value);
        fresh[column]++;
        return place;
      }
      if (Values.same(there, value)) {
        return place;
      }
      place = place + 1 & PLACES - 1;
    }
    fresh[column]++;
    return -1;
  }

  /** At first only a column that hardly repeats is given up: many values come back late. */
  private void judge(int column) {
    int most = judgedAt[column] == FIRST_TRIED ? tried[column] * 15 / 16 : tried[column] / 2;
    givenUp[column] = fresh[column] > most;
    judgedAt[column] = TRIED;
    tried[column] = 0;
    fresh[column] = 0;
  }

  private static int length(Object value) {
    return value instanceof String text ? text.length() : ((byte[]) value).length;
  }

  /** Of hashes any four bytes would do. */
  private static int hash(Object value) {
    if (value instanceof byte[] all) {
      int mixed = (int) INTS.get(all, 0) ^ (int) INTS.get(all, all.length - Integer.BYTES);
      return mixed ^ mixed >>> Short.SIZE;
    }
    int hash = value.hashCode();
    return hash ^ hash >>> Short.SIZE;
  }

  /** What rows refer to, by place, with gaps: texts in UTF-8. Empty if they refer to nothing. */
  public byte[][] values() {
    if (bytes == 0) {
      return NOTHING;
    }
    byte[][] all = new byte[PLACES][];
    for (int i = 0; i < PLACES; i++) {
      all[i] =
          values[i] instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : (byte[]) values[i];
    }
    return all;
  }

  /** Bytes of the values, about. */
  public int bytes() {
    return bytes;
  }

  /** Begins with the next block. */
  public void clear() {
    if (bytes > 0) {
      Arrays.fill(values, null);
      bytes = 0;
    }
  }
}
