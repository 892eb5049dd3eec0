package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Rows of canonical values.
 *
 * @param absent types of columns that are declared and that no row brings: NULL in every row
 */
record CaseTable(RowSchema schema, List<Object[]> rows, Map<String, String> absent) {

  /**
   * @param texts rows by column
   * @param types declared types; columns without one are VARCHAR
   */
  static CaseTable of(List<Map<String, String>> texts, Map<String, String> types) {
    Set<String> names = new LinkedHashSet<>();
    texts.forEach(row -> names.addAll(row.keySet()));
    if (texts.isEmpty()) {
      names.addAll(types.keySet());
    }
    List<Column> columns = new ArrayList<>();
    names.forEach(name -> columns.add(Column.nullable(name, SuiteTypes.type(types.get(name)))));
    RowSchema schema = RowSchema.of(columns);
    List<Object[]> rows = new ArrayList<>();
    for (Map<String, String> text : texts) {
      Object[] row = new Object[schema.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = SuiteTypes.value(schema.column(i).type(), text.get(schema.column(i).name()));
      }
      rows.add(row);
    }
    return new CaseTable(schema, rows, types);
  }

  /**
   * The position of a column; -1 if it is declared and NULL in every row, or there are no rows.
   *
   * @throws CaseException if there is no such column
   */
  int position(String column) {
    int position = schema.find(column);
    if (position < 0 && !absent.containsKey(column) && !rows.isEmpty()) {
      throw new CaseException("no column " + column + " in " + schema.names());
    }
    return position;
  }

  ColumnType type(String column) {
    int position = position(column);
    return position < 0 ? SuiteTypes.type(absent.get(column)) : schema.column(position).type();
  }

  CaseTable where(Predicate<Object[]> condition) {
    return new CaseTable(schema, rows.stream().filter(condition).toList(), absent);
  }
}
