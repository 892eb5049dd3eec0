package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.model.ColumnChoice.Taken;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns that are copied from the source's row to the end of a vault row. Columns that the source
 * does not have (yet, or any more) are left out: a sink takes them as NULL.
 */
record RowShape(RowSchema schema, int[] positions) {

  /**
   * @param first the columns before the copied ones
   */
  static RowShape of(List<Column> first, List<Taken> copied, RowSchema source) {
    List<Column> columns = new ArrayList<>(first);
    List<Integer> positions = new ArrayList<>();
    for (Taken taken : copied) {
      int position = source.find(taken.column());
      if (position >= 0) {
        columns.add(Column.nullable(taken.name(), source.column(position).type()));
        positions.add(position);
      }
    }
    return new RowShape(
        RowSchema.of(columns), positions.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A new vault row with the copied columns set. */
  Object[] row(Object[] source) {
    Object[] row = new Object[schema.size()];
    int at = row.length - positions.length;
    for (int position : positions) {
      row[at++] = source[position];
    }
    return row;
  }
}
