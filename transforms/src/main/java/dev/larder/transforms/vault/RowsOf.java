package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the rows of one structure from staged rows, by the names of their columns. What the
 * structure has and the staged rows have not is left absent.
 */
public final class RowsOf {
  private final String table;
  private final RowSchema schema;
  private final int[] positions;
  private final int[] required;

  private RowsOf(String table, RowSchema schema, int[] positions, int[] required) {
    this.table = table;
    this.schema = schema;
    this.positions = positions;
    this.required = required;
  }

  /**
   * @param table the table's path below the lake
   * @param staged columns of the rows to come; those of other names are not taken
   * @throws IllegalArgumentException if a column is missing without which no row is loaded
   */
  public static RowsOf of(VaultStructure structure, String table, RowSchema staged) {
    List<Column> columns = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (Column column : structure.columns()) {
      int position = staged.find(column.name());
      if (position >= 0) {
        columns.add(column);
        positions.add(position);
      }
    }
    return new RowsOf(
        table,
        RowSchema.of(columns),
        positions.stream().mapToInt(Integer::intValue).toArray(),
        structure.required().stream().mapToInt(staged::position).toArray());
  }

  /**
   * The row as it is loaded; empty if it lacks a value that the structure requires.
   *
   * @param row canonical values of the staged columns, of the types that the structure has
   */
  public Optional<TableRow> put(Object[] row, Sequence order) {
    return isLoaded(row)
        ? Optional.of(TableRow.put(table, schema, values(row), order))
        : Optional.empty();
  }

  /** The end of the row's key, for structures that know deletes; empty as for {@link #put}. */
  public Optional<TableRow> delete(Object[] row, Sequence order) {
    return isLoaded(row)
        ? Optional.of(TableRow.delete(table, schema, values(row), order))
        : Optional.empty();
  }

  private boolean isLoaded(Object[] row) {
    for (int position : required) {
      if (row[position] == null) {
        return false;
      }
    }
    return true;
  }

  private Object[] values(Object[] row) {
    Object[] values = new Object[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[positions[i]];
    }
    return values;
  }
}
