package dev.larder.io.delta.service;

import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where rows lie on a Hilbert curve through the quantiles of some of their columns. With one column
 * that is their order, finer than the quantiles of several.
 */
final class CurveOrder {
  /** Rows that the scales are learnt from. */
  static final int SAMPLE = 100_000;

  /** 1,024 cells a column: FACTS of this repository's design, measured by ClusteringFigures. */
  private static final int BITS = 10;

  private static final int BITS_OF_ONE = 16;

  private final int[] positions;
  private final HilbertCurve curve;
  private final List<QuantileScale> scales;

  private CurveOrder(int[] positions, HilbertCurve curve, List<QuantileScale> scales) {
    this.positions = positions;
    this.curve = curve;
    this.scales = scales;
  }

  /**
   * Learns the scales from all rows that there are, or a random {@value #SAMPLE} of them; the same
   * rows in the same order give the same scales.
   *
   * @param rows values of the columns, in their order
   * @param schema of the rows that will be placed
   * @param columns names, 1 to 4, of kinds that have an order
   */
  static CurveOrder learn(Iterator<Object[]> rows, RowSchema schema, List<String> columns) {
    List<Object[]> sample = sample(rows);
    HilbertCurve curve = new HilbertCurve(columns.size(), columns.size() == 1 ? BITS_OF_ONE : BITS);
    int[] positions = new int[columns.size()];
    List<QuantileScale> scales = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      int column = i;
      positions[i] = schema.position(columns.get(i));
      List<Object> values = new ArrayList<>(sample.size());
      sample.forEach(row -> values.add(row[column]));
      scales.add(QuantileScale.of(values, curve.side()));
    }
    return new CurveOrder(positions, curve, scales);
  }

  /** Every row has the same chance to be taken (Vitter's algorithm R). */
  private static List<Object[]> sample(Iterator<Object[]> rows) {
    SplittableRandom random = new SplittableRandom(SAMPLE);
    List<Object[]> sample = new ArrayList<>();
    for (long seen = 1; rows.hasNext(); seen++) {
      Object[] row = rows.next();
      if (sample.size() < SAMPLE) {
        sample.add(row);
      } else {
        long place = random.nextLong(seen);
        if (place < SAMPLE) {
          sample.set((int) place, row);
        }
      }
    }
    return sample;
  }

  /** Where a row lies on the curve: 0 and more. */
  long place(Object[] row) {
    int[] cell = new int[positions.length];
    for (int i = 0; i < cell.length; i++) {
      cell[i] = scales.get(i).cell(row[positions[i]]);
    }
    return curve.index(cell);
  }
}
