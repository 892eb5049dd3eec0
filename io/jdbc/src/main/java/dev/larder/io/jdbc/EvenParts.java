package dev.larder.io.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Cuts what lies in an order into parts of about equal rows, however the rows are spread over the
 * keys. The logic is pure; places and estimates come from outside.
 *
 * <p>First the part with the most rows is halved, over and over, until each is small against the
 * whole. Then only the parts in which a cut is wanted are halved further, until they are small
 * against a range; the cut is made at the border that is nearest.
 *
 * <p>Estimates need to be right only relative to each other.
 *
 * <p><b>Cost</b>: some eight halvings a part that is wanted, each of two estimates; never more than
 * {@value #MOST_PER_PART} and {@value #MOST_BESIDES}, however wrong the estimates are.
 *
 * @param <P> a place in the order
 */
final class EvenParts<P> {
  /** A cut stands within this fraction of a range of where it should. */
  static final int GRAIN = 12;

  /** Estimates of several parts of a range are better than one of the whole. */
  private static final int LEAVES_PER_PART = 4;

  /** The server never estimates more than half of a table: early parts have to be smaller. */
  private static final int FEWEST_PARTS = 8;

  static final int MOST_PER_PART = 40;
  static final int MOST_BESIDES = 1_000;

  /** What is known of an order. Null stands for its open ends. */
  interface Order<P> {
    /**
     * About how many rows lie at or behind {@code from} and before {@code middle}, and how many at
     * or behind that and before {@code to}.
     */
    Halves rows(P from, P middle, P to) throws SQLException;

    /**
     * A place behind {@code from} and before {@code to}, best in the middle; null if none is known.
     *
     * @param rows about how many rows lie between
     */
    P between(P from, P to, long rows) throws SQLException;
  }

  /** How many rows lie on both sides of a place. */
  record Halves(long left, long right) {}

  /** The rows at or behind {@code from} and before {@code to}; null stands for the open ends. */
  record Part<P>(P from, P to, long rows) {}

  private final Order<P> order;
  private final long totalRows;
  private final int wanted;
  private final List<Leaf<P>> leaves = new ArrayList<>();
  private long halvings;

  private EvenParts(Order<P> order, long totalRows, int wanted) {
    this.order = order;
    this.totalRows = totalRows;
    this.wanted = wanted;
    this.halvings = MOST_BESIDES + (long) wanted * MOST_PER_PART;
  }

  /**
   * @param totalRows about how many there are; the parts' rows add up to about this
   * @param wanted how many parts
   * @return ascending parts without gaps from one open end to the other; at least one, at most as
   *     many as wanted
   */
  static <P> List<Part<P>> of(Order<P> order, long totalRows, int wanted) throws SQLException {
    if (wanted <= 1) {
      return List.of(new Part<>(null, null, totalRows));
    }
    EvenParts<P> parts = new EvenParts<>(order, totalRows, wanted);
    parts.halveTheLargest();
    parts.halveAroundCuts();
    return joined(
        parts.leaves.stream().map(leaf -> new Part<>(leaf.from, leaf.to, leaf.rows)).toList(),
        totalRows,
        wanted);
  }

  /** A part that may be halved; leaves stand in a chain in their order. */
  private static final class Leaf<P> {
    private final P from;
    private P to;
    private long rows;
    private boolean isWhole;
    private Leaf<P> next;

    Leaf(P from, P to, long rows) {
      this.from = from;
      this.to = to;
      this.rows = rows;
    }

    long rows() {
      return rows;
    }
  }

  /** Whether there was a place to halve at. */
  private boolean halve(Leaf<P> leaf) throws SQLException {
    P middle = halvings-- > 0 ? order.between(leaf.from, leaf.to, leaf.rows) : null;
    if (middle == null) {
      leaf.isWhole = true;
      return false;
    }
    Halves rows = order.rows(leaf.from, middle, leaf.to);
    Leaf<P> right = new Leaf<>(middle, leaf.to, rows.right());
    right.next = leaf.next;
    leaf.next = right;
    leaf.to = middle;
    leaf.rows = rows.left();
    return true;
  }

  private void halveTheLargest() throws SQLException {
    Leaf<P> first = new Leaf<>(null, null, totalRows);
    PriorityQueue<Leaf<P>> largest =
        new PriorityQueue<>(Comparator.<Leaf<P>>comparingLong(Leaf::rows).reversed());
    largest.add(first);
    long sum = totalRows;
    while (!largest.isEmpty()) {
      Leaf<P> leaf = largest.remove();
      long before = leaf.rows;
      if (before <= Math.max(1, sum / Math.max(LEAVES_PER_PART * wanted, FEWEST_PARTS))) {
        break;
      }
      if (halve(leaf)) {
        largest.add(leaf);
        largest.add(leaf.next);
        sum += leaf.rows + leaf.next.rows - before;
      }
    }
    collect(first);
  }

  private void collect(Leaf<P> first) {
    leaves.clear();
    for (Leaf<P> leaf = first; leaf != null; leaf = leaf.next) {
      leaves.add(leaf);
    }
  }

  private long sum() {
    return Math.max(1, leaves.stream().mapToLong(Leaf::rows).sum());
  }

  private void halveAroundCuts() throws SQLException {
    boolean isHalved = true;
    while (isHalved) {
      isHalved = false;
      long sum = sum();
      long grain = Math.max(1, sum / wanted / GRAIN);
      long before = 0;
      for (Leaf<P> leaf : List.copyOf(leaves)) {
        long rows = leaf.rows;
        if (rows > grain && !leaf.isWhole && holdsCut(before, rows, sum)) {
          isHalved |= halve(leaf);
        }
        before += rows;
      }
      collect(leaves.get(0));
    }
  }

  /** Whether a cut should be made inside of rows that begin behind others. */
  private boolean holdsCut(long before, long rows, long sum) {
    long cut = before * wanted / sum + 1;
    return cut < wanted && cut * sum / wanted < before + rows;
  }

  /**
   * Puts small parts together.
   *
   * @param leaves ascending, without gaps
   * @param totalRows what the parts' rows should add up to
   * @param wanted how many parts at the most
   */
  static <P> List<Part<P>> joined(List<Part<P>> leaves, long totalRows, int wanted) {
    long sum = Math.max(1, leaves.stream().mapToLong(Part::rows).sum());
    double scale = (double) totalRows / sum;
    List<Part<P>> parts = new ArrayList<>();
    P from = leaves.get(0).from();
    long before = 0;
    long rows = 0;
    long next = 1;
    for (Part<P> leaf : leaves) {
      // The cut stands at the border that is nearest to where it should be.
      long cut = next * sum / wanted;
      boolean isNearer = cut - before < before + leaf.rows() - cut;
      if (rows > 0 && next < wanted && isNearer) {
        parts.add(new Part<>(from, leaf.from(), Math.round(rows * scale)));
        from = leaf.from();
        rows = 0;
        // A part that could not be halved may hold several cuts.
        next = Math.max(next, Math.round((double) before * wanted / sum)) + 1;
      }
      rows += leaf.rows();
      before += leaf.rows();
    }
    parts.add(new Part<>(from, leaves.get(leaves.size() - 1).to(), Math.round(rows * scale)));
    return parts;
  }
}
