package dev.larder.io.delta.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Other values for some columns in some rows of a file; what else the rows hold stays.
 *
 * @see TableFiles#patch
 */
public final class ColumnPatch {
  private static final Comparator<Place> BY_ROW = Comparator.comparingLong(Place::row);

  private final List<String> columns;
  private final Predicate<Object[]> ended;
  private final List<Place> places = new ArrayList<>();

  /** New values of a row's patched columns. */
  record Place(long row, Object[] values) {}

  /**
   * @param columns to have other values
   * @param ended tells by their values, old or new, whether a row's version has ended: such rows
   *     are counted ({@link dev.larder.io.delta.log.DataFile#endedRows})
   */
  public ColumnPatch(List<String> columns, Predicate<Object[]> ended) {
    this.columns = List.copyOf(columns);
    this.ended = ended;
  }

  /**
   * @param row number in the file; each at most once
   * @param values of the columns, in their order
   */
  public void put(long row, Object[] values) {
    places.add(new Place(row, values));
  }

  public int rows() {
    return places.size();
  }

  List<String> columns() {
    return columns;
  }

  boolean hasEnded(Object[] values) {
    return ended.test(values);
  }

  /** Goes through all rows of the file, from the first. Nothing may be put meanwhile. */
  public Rows inOrder() {
    places.sort(BY_ROW);
    return new Rows();
  }

  /** What each row of the file gets. */
  public final class Rows {
    private long row;
    private int next;

    private Rows() {}

    /** The values that the next row gets; null if it stays as it is. */
    public Object[] next() {
      boolean isHere = next < places.size() && places.get(next).row() == row;
      row++;
      return isHere ? places.get(next++).values() : null;
    }
  }
}
