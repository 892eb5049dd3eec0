package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a model's table and what fills them.
 *
 * @param schema of the table
 * @param staged for each column of the table the staged column that fills it
 */
record Target(RowSchema schema, List<String> staged) {

  /** Collects columns; one that is there already stays as it is. */
  static final class Builder {
    private final Map<String, String> filled = new LinkedHashMap<>();
    private final Map<String, ColumnType> types = new LinkedHashMap<>();

    Builder add(List<String> columns) {
      columns.forEach(column -> filled.putIfAbsent(column, column));
      return this;
    }

    Builder add(Map<String, String> columns) {
      columns.forEach(filled::putIfAbsent);
      return this;
    }

    /** The type that a column has whatever is declared. */
    Builder of(ColumnType type, String column) {
      types.put(column, type);
      return this;
    }

    /**
     * @param declared the table's declared types; a column without one has that of its staged one
     */
    Target build(Map<String, String> declared, CaseTable stage) {
      List<Column> columns = new ArrayList<>();
      filled.forEach(
          (column, staged) -> {
            ColumnType type = types.get(column);
            if (type == null) {
              type =
                  declared.containsKey(column)
                      ? SuiteTypes.type(declared.get(column))
                      : stage.type(staged);
            }
            columns.add(Column.nullable(column, type));
          });
      return new Target(RowSchema.of(columns), List.copyOf(filled.values()));
    }
  }

  /** The table's rows for staged ones: each value as the table's type has it. */
  List<Object[]> rows(CaseTable stage) {
    int[] positions = staged.stream().mapToInt(stage::position).toArray();
    List<Object[]> rows = new ArrayList<>();
    for (Object[] row : stage.rows()) {
      Object[] target = new Object[positions.length];
      for (int i = 0; i < positions.length; i++) {
        int position = positions[i];
        target[i] =
            position < 0
                ? null
                : SuiteTypes.cast(
                    stage.schema().column(position).type(), row[position], schema.column(i).type());
      }
      rows.add(target);
    }
    return rows;
  }
}
