package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.util.List;

/**
 * The hash diff of a satellite's row: tells whether two versions of a payload differ (RULES 1 and
 * 4). Tracked columns in declared order, without normalisation, absent values at the end left out:
 * a nullable column appended to the list changes no hash of a row in which it is NULL.
 *
 * <p>Bound once to the columns of a source table. Not for use by two threads.
 */
public final class HashDiff {
  private final HashAlgorithm algorithm;
  private final int[] positions;
  private final ColumnType[] types;
  private final HashInput input = new HashInput();

  /**
   * @param columns names of the tracked columns in declared order; a name that the table does not
   *     have counts as NULL in every row
   */
  public HashDiff(HashAlgorithm algorithm, RowSchema table, List<String> columns) {
    this.algorithm = algorithm;
    this.positions = columns.stream().mapToInt(table::find).toArray();
    this.types = new ColumnType[positions.length];
    for (int i = 0; i < positions.length; i++) {
      types[i] = positions[i] < 0 ? null : table.column(positions[i]).type();
    }
  }

  /**
   * @param row canonical values of the source table's columns
   */
  public byte[] of(Object[] row) {
    input.clear();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0) {
        input.add(null);
      } else {
        input.add(types[i], row[positions[i]]);
      }
    }
    return input.hashWithoutAbsentEnd(algorithm);
  }
}
