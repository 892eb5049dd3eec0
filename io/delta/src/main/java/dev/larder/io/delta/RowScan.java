package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.merge.MergeRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which columns and rows of a table to read.
 *
 * @param wanted the columns of the result
 * @param read what has to be read: the wanted columns, then those that are only filtered by
 */
record RowScan(RowSchema wanted, RowSchema read, Predicate<Object[]> passes) {

  /**
   * @param columns names in the order wanted; null for all
   * @throws dev.larder.io.changes.UserException for a column that the table lacks
   */
  static RowScan of(String path, RowSchema table, List<String> columns, List<ColumnRange> ranges) {
    RowSchema wanted = table;
    if (columns != null) {
      columns.forEach(name -> requireColumn(path, table, name));
      wanted = MergeRule.columns(table, columns);
    }
    List<Column> read = new ArrayList<>(wanted.columns());
    for (ColumnRange range : ranges) {
      requireColumn(path, table, range.column());
      if (wanted.find(range.column()) < 0) {
        Column column = table.column(table.position(range.column()));
        if (!read.contains(column)) {
          read.add(column);
        }
      }
    }
    RowSchema schema = RowSchema.of(read);
    Predicate<Object[]> passes =
        ranges.stream().map(range -> range.in(schema)).reduce(Predicate::and).orElse(row -> true);
    return new RowScan(wanted, schema, passes);
  }

  private static void requireColumn(String path, RowSchema table, String name) {
    if (table.find(name) < 0) {
      throw DeltaErrors.noSuchColumn(path, name, table.names());
    }
  }

  /** A row that was read, in the wanted columns. */
  Object[] result(Object[] row) {
    return row.length == wanted.size() ? row : Arrays.copyOf(row, wanted.size());
  }
}
