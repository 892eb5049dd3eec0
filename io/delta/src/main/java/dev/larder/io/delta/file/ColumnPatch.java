package dev.larder.io.delta.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Other values for some columns in some rows of a file; what else the rows hold stays.
 *
 * @see TableFiles#patch
 */
public final class ColumnPatch {
  private final List<String> columns;
  private final List<Place> places = new ArrayList<>();

  /** New values of a row's patched columns. */
  record Place(long row, Object[] values) {}

  /**
   * @param columns to have other values
   */
  public ColumnPatch(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * @param row number in the file, above those that were given before
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

  List<Place> places() {
    return places;
  }
}
