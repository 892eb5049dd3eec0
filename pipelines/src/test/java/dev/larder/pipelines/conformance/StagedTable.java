package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a stage while it is built; one that is put again takes the place of the first. */
final class StagedTable {
  private final Map<String, DerivedColumn> columns = new LinkedHashMap<>();
  private final int rows;
  private final Map<String, String> declared;

  StagedTable(CaseTable source) {
    this.rows = source.rows().size();
    this.declared = source.absent();
    for (int i = 0; i < source.schema().size(); i++) {
      int position = i;
      put(new DerivedColumn(source.schema().column(i), list(source.rows(), row -> row[position])));
    }
  }

  private static List<Object> list(
      List<Object[]> rows, java.util.function.Function<Object[], Object> value) {
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(value.apply(row)));
    return values;
  }

  void put(DerivedColumn column) {
    columns.put(column.column().name(), column);
  }

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  CaseTable table() {
    return table(names());
  }

  /** Only some columns. */
  CaseTable table(List<String> names) {
    List<Column> schema = new ArrayList<>();
    List<DerivedColumn> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(columns.get(name));
      schema.add(columns.get(name).column());
    }
    List<Object[]> table = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int row = i;
      table.add(chosen.stream().map(column -> column.values().get(row)).toArray());
    }
    return new CaseTable(RowSchema.of(schema), table, declared);
  }
}
