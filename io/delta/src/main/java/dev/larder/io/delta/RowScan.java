package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.Conditions;
import dev.larder.io.delta.filter.FieldPath;
import dev.larder.io.delta.filter.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which columns and rows of a table to read. */
final class RowScan {
  private final RowSchema wanted;
  private final RowSchema read;
  private final Condition condition;
  private final FieldPath[] picked;

  private RowScan(RowSchema wanted, RowSchema read, Condition condition, FieldPath[] picked) {
    this.wanted = wanted;
    this.read = read;
    this.condition = condition;
    this.picked = picked;
  }

  /**
   * @param path of the table, for messages
   * @param columns names in the order wanted, also of fields of structs; null for all
   * @throws dev.larder.io.changes.UserException for a column that the table lacks, or a literal of
   *     another type than its column
   */
  static RowScan of(String path, RowSchema table, List<String> columns, Filter filter) {
    Set<String> names = new LinkedHashSet<>(columns == null ? table.names() : columns);
    RowSchema wanted = columns == null ? table : wanted(path, table, names);
    List<List<String>> paths = new ArrayList<>();
    names.forEach(name -> paths.add(find(path, table, name).names()));
    Conditions.columns(filter).forEach(name -> paths.add(find(path, table, name).names()));
    RowSchema read = project(table, paths);
    return new RowScan(wanted, read, Conditions.of(path, read, filter), picked(read, names));
  }

  private static RowSchema wanted(String path, RowSchema table, Set<String> names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      FieldPath found = find(path, table, name);
      columns.add(
          found.names().size() == 1
              ? table.column(table.position(name))
              : Column.nullable(name, found.type()));
    }
    return RowSchema.of(columns);
  }

  private static FieldPath find(String path, RowSchema table, String name) {
    return FieldPath.find(table, name)
        .orElseThrow(() -> DeltaErrors.noSuchColumn(path, name, table.names()));
  }

  /** The columns, and of structs the fields, that the paths lead to. */
  private static RowSchema project(RowSchema schema, List<List<String>> paths) {
    Map<String, List<List<String>>> fields = new LinkedHashMap<>();
    for (List<String> path : paths) {
      fields
          .computeIfAbsent(path.get(0), any -> new ArrayList<>())
          .add(path.subList(1, path.size()));
    }
    List<Column> columns = new ArrayList<>();
    fields.forEach(
        (name, inner) -> {
          Column column = schema.column(schema.position(name));
          boolean whole = inner.stream().anyMatch(List::isEmpty);
          columns.add(
              whole
                  ? column
                  : new Column(
                      name,
                      ColumnType.struct(project(column.type().fields(), inner)),
                      column.nullable()));
        });
    return RowSchema.of(columns);
  }

  /** Null if the wanted columns are the first that are read. */
  private static FieldPath[] picked(RowSchema read, Set<String> names) {
    FieldPath[] picked =
        names.stream()
            .map(name -> FieldPath.find(read, name).orElseThrow())
            .toArray(FieldPath[]::new);
    boolean first = true;
    int position = 0;
    for (String name : names) {
      first &= read.find(name) == position && picked[position].names().size() == 1;
      position++;
    }
    return first ? null : picked;
  }

  /** The columns of the result. */
  RowSchema wanted() {
    return wanted;
  }

  /** What has to be read: also what is only filtered by. */
  RowSchema read() {
    return read;
  }

  /** On rows that were read. */
  Condition condition() {
    return condition;
  }

  /** A row that was read, in the wanted columns. */
  Object[] result(Object[] row) {
    if (picked == null) {
      return row.length == wanted.size() ? row : Arrays.copyOf(row, wanted.size());
    }
    Object[] result = new Object[picked.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = picked[i].value(row);
    }
    return result;
  }
}
