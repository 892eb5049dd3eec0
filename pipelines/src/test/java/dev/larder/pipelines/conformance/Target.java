package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.transforms.hash.HashInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a model's table and what fills them: staged columns, and two of our own. {@link
 * #KEY} is one key instead of several key columns, {@link #PLACE} orders rows of one load date.
 */
final class Target {
  /** The columns of a key that has several, encoded as one. */
  static final String KEY = "_key";

  /** A row's load date and its place among those of this date. */
  static final String PLACE = "_seq";

  private final List<String> key;
  private final Map<String, String> filled = new LinkedHashMap<>();
  private final Map<String, ColumnType> types;
  private final String loadDate;

  private Target(List<String> key, String loadDate, Map<String, ColumnType> types) {
    this.key = key;
    this.loadDate = loadDate;
    this.types = types;
    add(key);
  }

  /**
   * @param declared the table's declared types
   */
  static Target of(Model model, Map<String, String> declared) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    declared.forEach((column, type) -> types.put(column, SuiteTypes.type(type)));
    return new Target(model.names("src_pk"), model.name("src_ldts"), types);
  }

  /** Adds columns filled by staged columns of their names; one that is there stays as it is. */
  Target add(List<String> columns) {
    columns.forEach(column -> add(column, column));
    return this;
  }

  /** Adds a column filled by a staged column. */
  Target add(String column, String staged) {
    filled.putIfAbsent(column, staged);
    return this;
  }

  Target add(Map<String, String> columns) {
    columns.forEach(this::add);
    return this;
  }

  /** Gives a column a type whatever is declared. */
  Target of(ColumnType type, String column) {
    types.put(column, type);
    return this;
  }

  /** The name of the one column that is the key. */
  String keyColumn() {
    return key.size() == 1 ? key.get(0) : KEY;
  }

  /** The columns of a key that has several; they are carried beside {@link #KEY}. */
  List<String> keyParts() {
    return key.size() == 1 ? List.of() : key;
  }

  /**
   * The columns that rows have; one without a declared type has that of its staged one.
   *
   * @param stage what fills them
   */
  RowSchema schema(CaseTable stage) {
    List<Column> columns = new ArrayList<>();
    filled.forEach(
        (column, staged) -> {
          ColumnType type = types.get(column);
          columns.add(Column.nullable(column, type == null ? stage.type(staged) : type));
        });
    if (key.size() > 1) {
      columns.add(Column.nullable(KEY, ColumnType.BINARY));
    }
    columns.add(Column.nullable(PLACE, ColumnType.STRING));
    return RowSchema.of(columns);
  }

  /** Takes rows with their place. */
  interface Rows {
    void row(Object[] row, Sequence place);
  }

  /** Makes the rows of staged ones: each value as the table's type has it. */
  void rows(CaseTable stage, Places places, Rows out) {
    RowSchema schema = schema(stage);
    int[] positions = filled.values().stream().mapToInt(stage::position).toArray();
    for (Object[] staged : stage.rows()) {
      Object[] row = new Object[schema.size()];
      for (int i = 0; i < positions.length; i++) {
        int from = positions[i];
        row[i] =
            from < 0
                ? null
                : SuiteTypes.cast(
                    stage.schema().column(from).type(), staged[from], schema.column(i).type());
      }
      finish(schema, row, places, out);
    }
  }

  /** Gives a row of the {@link #schema} its key and its place. */
  void finish(RowSchema schema, Object[] row, Places places, Rows out) {
    if (key.size() > 1) {
      row[schema.position(KEY)] = encoded(schema, row);
    }
    Sequence place = places.of(schema, row, schema.position(loadDate));
    row[schema.position(PLACE)] = place.text();
    out.row(row, place);
  }

  /** Absent if a part of the key is. */
  private byte[] encoded(RowSchema schema, Object[] row) {
    HashInput input = HashInput.strict();
    for (String part : key) {
      int position = schema.position(part);
      if (row[position] == null) {
        return null;
      }
      input.add(schema.column(position).type(), row[position]);
    }
    return input.encoded();
  }
}
