package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The hash diff of a satellite's row: tells whether two versions of a payload differ (RULES 1 and
 * 4). In profile {@code strict}: tracked columns in declared order, without normalisation, absent
 * values at the end left out, so that a nullable column appended to the list changes no hash of a
 * row in which it is NULL.
 *
 * <p>Bound once to the columns of a source table. Not for use by two threads.
 */
public final class HashDiff {
  private final HashAlgorithm algorithm;
  private final int[] positions;
  private final ColumnType[] types;
  private final HashInput input;

  /**
   * @param columns names of the tracked columns in declared order; a name that the table does not
   *     have counts as NULL in every row. A profile that sorts sorts by these names.
   */
  public HashDiff(
      HashProfile profile, HashAlgorithm algorithm, RowSchema table, List<String> columns) {
    this(profile, algorithm, table, columns, columns);
  }

  /**
   * @param names what the columns are called in the vault, by which a profile that sorts sorts
   *     them; as many as there are columns
   */
  public HashDiff(
      HashProfile profile,
      HashAlgorithm algorithm,
      RowSchema table,
      List<String> columns,
      List<String> names) {
    this.algorithm = algorithm;
    this.input = profile.input();
    List<String> ordered = profile.sortsDiffs() ? sorted(columns, names) : columns;
    this.positions = ordered.stream().mapToInt(table::find).toArray();
    this.types = new ColumnType[positions.length];
    for (int i = 0; i < positions.length; i++) {
      types[i] = positions[i] < 0 ? null : table.column(positions[i]).type();
    }
  }

  private static List<String> sorted(List<String> columns, List<String> names) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(names::get, HashProfile.byName()));
    return order.stream().map(columns::get).toList();
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
    return input.diff(algorithm);
  }
}
