package dev.larder.io.delta.service;

import dev.larder.io.changes.Values;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;

/**
 * Brings the values of a column onto a scale of cells that hold about equally many rows each,
 * learnt from a sample. Without it a few far values would leave nearly all rows in one cell.
 *
 * <p><b>Guarantees</b>: monotone: of two values, the greater never has the lower cell. Absent
 * values come before all others. A value that the sample has not seen has a cell too.
 */
public final class QuantileScale implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A value is above as many boundaries as its cell says. */
  private final Object[] boundaries;

  private QuantileScale(Object[] boundaries) {
    this.boundaries = boundaries;
  }

  /**
   * @param sample canonical values of one kind, null for absent ones; in any order
   * @param cells 1 and more
   * @throws IllegalArgumentException if the values have no order
   */
  public static QuantileScale of(Collection<?> sample, int cells) {
    Object[] sorted = sample.toArray();
    Arrays.sort(sorted, Values::compare);
    Object[] boundaries = new Object[sorted.length == 0 ? 0 : cells - 1];
    for (int i = 0; i < boundaries.length; i++) {
      boundaries[i] = sorted[(int) ((i + 1L) * sorted.length / cells)];
    }
    return new QuantileScale(boundaries);
  }

  /**
   * The cell of a value, from 0 to {@code cells - 1}.
   *
   * @param value null for an absent one
   */
  public int cell(Object value) {
    int low = 0;
    int high = boundaries.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (Values.compare(boundaries[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
