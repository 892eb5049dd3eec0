package dev.larder.io.delta.service;

import java.io.Serializable;

/**
 * A line through every cell of a cube that goes from each cell to one beside it: cells that are
 * near on the line are near in the cube. Rows that are sorted along it lie in files that are small
 * in every column.
 *
 * <p><b>Source</b>: John Skilling, "Programming the Hilbert curve", AIP Conference Proceedings 707
 * (2004): a point is transposed in place by exclusive-ors and a Gray code, without tables.
 */
public final class HilbertCurve implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_INDEX_BITS = 62;

  private final int dimensions;
  private final int bits;

  /**
   * @param dimensions of the cube, 1 and more
   * @param bits a side has 2 to this many cells; {@code dimensions * bits} is at most 62
   */
  public HilbertCurve(int dimensions, int bits) {
    if (dimensions < 1 || bits < 1 || dimensions * bits > MAX_INDEX_BITS) {
      throw new IllegalArgumentException(
          dimensions + " dimensions of " + bits + " bits do not fit an index");
    }
    this.dimensions = dimensions;
    this.bits = bits;
  }

  /** The number of cells on a side of the cube. */
  public int side() {
    return 1 << bits;
  }

  /**
   * Where on the line a cell lies.
   *
   * @param cell a coordinate for each dimension, from 0 to {@code side() - 1}; left as it is
   * @return 0 to {@code 2^(dimensions * bits) - 1}
   */
  public long index(int... cell) {
    int[] axes = cell.clone();
    int first = 1 << bits - 1;
    for (int bit = first; bit > 1; bit >>= 1) {
      turn(axes, bit);
    }
    for (int i = 1; i < dimensions; i++) {
      axes[i] ^= axes[i - 1];
    }
    int flips = 0;
    for (int bit = first; bit > 1; bit >>= 1) {
      if ((axes[dimensions - 1] & bit) != 0) {
        flips ^= bit - 1;
      }
    }
    for (int i = 0; i < dimensions; i++) {
      axes[i] ^= flips;
    }
    return woven(axes);
  }

  /** The cell at a place of the line: the inverse of {@link #index}. */
  public int[] cell(long index) {
    int[] axes = unwoven(index);
    int flips = axes[dimensions - 1] >> 1;
    for (int i = dimensions - 1; i > 0; i--) {
      axes[i] ^= axes[i - 1];
    }
    axes[0] ^= flips;
    for (int bit = 2; bit < side(); bit <<= 1) {
      turnBack(axes, bit);
    }
    return axes;
  }

  private void turn(int[] axes, int bit) {
    for (int i = 0; i < dimensions; i++) {
      turn(axes, bit, i);
    }
  }

  private void turnBack(int[] axes, int bit) {
    for (int i = dimensions - 1; i >= 0; i--) {
      turn(axes, bit, i);
    }
  }

  /** Inverts the first axis' lower bits, or exchanges them with the axis' own. */
  private static void turn(int[] axes, int bit, int axis) {
    int below = bit - 1;
    if ((axes[axis] & bit) != 0) {
      axes[0] ^= below;
    } else {
      int exchanged = (axes[0] ^ axes[axis]) & below;
      axes[0] ^= exchanged;
      axes[axis] ^= exchanged;
    }
  }

  /** The axes' highest bits, then their second highest, and so on. */
  private long woven(int[] axes) {
    long index = 0;
    for (int bit = bits - 1; bit >= 0; bit--) {
      for (int axis : axes) {
        index = index << 1 | axis >> bit & 1;
      }
    }
    return index;
  }

  private int[] unwoven(long index) {
    int[] axes = new int[dimensions];
    for (int place = dimensions * bits - 1, i = 0; place >= 0; place--, i++) {
      axes[i % dimensions] = axes[i % dimensions] << 1 | (int) (index >> place & 1);
    }
    return axes;
  }
}
