package dev.larder.io.jdbc;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Cuts an integer key into parts of about equal rows, however the keys are spread: of the span
 * between the lowest and the highest key, always the part with the most rows is halved, until the
 * database estimates few enough rows in each; then small neighbours are put together. The logic is
 * pure; estimates come from outside.
 *
 * <p>Estimates need to be right only relative to each other. InnoDB's are twice too high for all
 * but small ranges and never above half of the table.
 *
 * <p><b>Cost</b>: four to eight estimates a part, and up to 60 more around a wide gap; never more
 * than {@value #MAX_ESTIMATES_PER_PART} a part, however wrong the estimates are.
 */
final class KeyHistogram {
  /** Two parts become one if they would not exceed the wanted rows by more than this. */
  private static final double TOLERANCE = 1.1;

  static final int MAX_ESTIMATES_PER_PART = 32;
  private static final int ESTIMATES_FOR_GAPS = 1_000;

  /** Asks how many rows have a key in {@code [from, to)}. */
  @FunctionalInterface
  interface RowEstimate {
    long rows(BigInteger from, BigInteger to) throws SQLException;
  }

  /** The keys {@code [from, to)} and about how many rows have one of them. */
  record Part(BigInteger from, BigInteger to, long rows) {

    private BigInteger middle() {
      return from.add(to).shiftRight(1);
    }

    private Part scaled(double scale) {
      return new Part(from, to, Math.round(rows * scale));
    }

    private boolean isOneKey() {
      return middle().equals(from);
    }
  }

  private KeyHistogram() {}

  /**
   * @param totalRows of the table; the parts' rows add up to about this
   * @return ascending parts without gaps from {@code min} to behind {@code max}; at least one
   */
  static List<Part> of(
      BigInteger min, BigInteger max, long totalRows, long rowsPerPart, RowEstimate estimate)
      throws SQLException {
    BigInteger end = max.add(BigInteger.ONE);
    long allowed = ESTIMATES_FOR_GAPS + totalRows / rowsPerPart * MAX_ESTIMATES_PER_PART;
    PriorityQueue<Part> largestFirst =
        new PriorityQueue<>(Comparator.comparingLong(Part::rows).reversed());
    largestFirst.add(new Part(min, end, estimate.rows(min, end)));
    List<Part> done = new ArrayList<>();
    for (long asked = 1; !largestFirst.isEmpty(); ) {
      Part part = largestFirst.remove();
      if (part.rows() <= rowsPerPart || part.isOneKey() || asked >= allowed) {
        done.add(part);
      } else {
        BigInteger middle = part.middle();
        largestFirst.add(new Part(part.from(), middle, estimate.rows(part.from(), middle)));
        largestFirst.add(new Part(middle, part.to(), estimate.rows(middle, part.to())));
        asked += 2;
      }
    }
    done.sort(Comparator.comparing(Part::from));
    double counted = Math.max(1, done.stream().mapToLong(Part::rows).sum());
    return merged(done, totalRows / counted, rowsPerPart);
  }

  /**
   * @param scale what an estimated row counts for, so that all add up to the table's rows
   */
  private static List<Part> merged(List<Part> parts, double scale, long rowsPerPart) {
    List<Part> merged = new ArrayList<>();
    Part current = parts.get(0);
    for (Part next : parts.subList(1, parts.size())) {
      long together = current.rows() + next.rows();
      if (together * scale <= rowsPerPart * TOLERANCE) {
        current = new Part(current.from(), next.to(), together);
      } else {
        merged.add(current.scaled(scale));
        current = next;
      }
    }
    merged.add(current.scaled(scale));
    return merged;
  }
}
