package dev.larder.io.delta.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * How many of 64 files a filter on one of three columns has to read, when it takes 1 % of the rows:
 * as rows came, in Z-order of the values and of their quantiles, and along {@link CurveOrder}. Run
 * it to print the figures; in memory, without files, for a file is read or not by the bounds of its
 * columns alone.
 */
final class ClusteringFigures {
  private static final int ROWS = 1_000_000;
  private static final int FILES = 64;
  private static final int QUERIES = 300;
  private static final int BITS = 10;

  private ClusteringFigures() {}

  public static void main(String[] args) {
    for (String data : List.of("uniform", "skewed")) {
      double[][] rows = rows(data, new Random(42));
      double[][][] sorted = columns(rows);
      List<QuantileScale> scales = scales(rows);
      HilbertCurve curve = new HilbertCurve(3, BITS);
      print(data, "as they came", rows, sorted, null);
      print(data, "z-order of values", rows, sorted, row -> woven(raw(row, sorted)));
      print(data, "z-order of quantiles", rows, sorted, row -> woven(cells(row, scales)));
      print(data, "Hilbert of values", rows, sorted, row -> curve.index(raw(row, sorted)));
      print(data, "Hilbert of quantiles", rows, sorted, row -> curve.index(cells(row, scales)));
    }
  }

  private static double[][] rows(String data, Random random) {
    double[][] rows = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      rows[i] =
          data.equals("uniform")
              ? new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()}
              : new double[] {
                Math.exp(3 * random.nextGaussian()), // amounts
                Math.floor(20_000 * Math.pow(random.nextDouble(), 6)), // articles: few make most
                i % 97 == 0 ? 1e12 * random.nextDouble() : random.nextGaussian() // outliers
              };
    }
    return rows;
  }

  /** The sorted values of each column; a row of one value each. */
  private static double[][][] columns(double[][] rows) {
    double[][][] columns = new double[3][1][];
    for (int c = 0; c < 3; c++) {
      int column = c;
      columns[c][0] = Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
    }
    return columns;
  }

  private static List<QuantileScale> scales(double[][] rows) {
    List<QuantileScale> scales = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      List<Double> sample = new ArrayList<>();
      for (int i = 0; i < ROWS; i += ROWS / CurveOrder.SAMPLE) {
        sample.add(rows[i][c]);
      }
      scales.add(QuantileScale.of(sample, 1 << BITS));
    }
    return scales;
  }

  private static int[] cells(double[] row, List<QuantileScale> scales) {
    int[] cells = new int[3];
    for (int c = 0; c < 3; c++) {
      cells[c] = scales.get(c).cell(row[c]);
    }
    return cells;
  }

  /** The values between least and greatest, linearly. */
  private static int[] raw(double[] row, double[][][] sorted) {
    int[] cells = new int[3];
    for (int c = 0; c < 3; c++) {
      double least = sorted[c][0][0];
      double most = sorted[c][0][ROWS - 1];
      cells[c] = (int) ((row[c] - least) / (most - least) * ((1 << BITS) - 1));
    }
    return cells;
  }

  private static long woven(int[] cells) {
    long index = 0;
    for (int bit = BITS - 1; bit >= 0; bit--) {
      for (int cell : cells) {
        index = index << 1 | cell >> bit & 1;
      }
    }
    return index;
  }

  private static void print(
      String data,
      String name,
      double[][] rows,
      double[][][] sorted,
      ToLongFunction<double[]> order) {
    double[][] placed = rows.clone();
    if (order != null) {
      record Placed(long place, double[] row) {}
      placed =
          Arrays.stream(rows)
              .map(row -> new Placed(order.applyAsLong(row), row))
              .sorted(Comparator.comparingLong(Placed::place))
              .map(Placed::row)
              .toArray(double[][]::new);
    }
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s %-22s", data, name));
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double read = read(placed, sorted[c][0], c);
      sum += read;
      line.append(String.format(Locale.ROOT, " %5.1f %%", 100 * read));
    }
    System.out.println(line.append(String.format(Locale.ROOT, "   mean %5.1f %%", 100 * sum / 3)));
  }

  /** The mean share of files whose bounds overlap a range that holds 1 % of the rows. */
  private static double read(double[][] placed, double[] sorted, int column) {
    double[] least = new double[FILES];
    double[] most = new double[FILES];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < ROWS; i++) {
      int file = (int) ((long) i * FILES / ROWS);
      least[file] = Math.min(least[file], placed[i][column]);
      most[file] = Math.max(most[file], placed[i][column]);
    }
    long overlaps = 0;
    for (int query = 0; query < QUERIES; query++) {
      int from = (int) ((long) query * (ROWS - ROWS / 100 - 1) / QUERIES);
      for (int file = 0; file < FILES; file++) {
        if (least[file] <= sorted[from + ROWS / 100] && most[file] >= sorted[from]) {
          overlaps++;
        }
      }
    }
    return (double) overlaps / QUERIES / FILES;
  }
}
