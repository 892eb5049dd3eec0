package dev.larder.io.delta.filter;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column, or a field of a struct: {@code after.id}. A column whose own name holds the dots is
 * found first.
 */
public final class FieldPath {
  private final List<String> names;
  private final int[] positions;
  private final ColumnType type;

  private FieldPath(List<String> names, int[] positions, ColumnType type) {
    this.names = names;
    this.positions = positions;
    this.type = type;
  }

  /** Empty if the schema has no such column. */
  public static Optional<FieldPath> find(RowSchema schema, String name) {
    List<Column> columns = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    if (!find(schema, name, columns, positions)) {
      return Optional.empty();
    }
    return Optional.of(
        new FieldPath(
            columns.stream().map(Column::name).toList(),
            positions.stream().mapToInt(Integer::intValue).toArray(),
            columns.get(columns.size() - 1).type()));
  }

  private static boolean find(
      RowSchema schema, String name, List<Column> columns, List<Integer> positions) {
    int found = schema.find(name);
    if (found >= 0) {
      columns.add(schema.column(found));
      positions.add(found);
      return true;
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      int struct = schema.find(name.substring(0, dot));
      if (struct >= 0 && schema.column(struct).type().kind() == Kind.STRUCT) {
        columns.add(schema.column(struct));
        positions.add(struct);
        RowSchema fields = schema.column(struct).type().fields();
        if (find(fields, name.substring(dot + 1), columns, positions)) {
          return true;
        }
        columns.remove(columns.size() - 1);
        positions.remove(positions.size() - 1);
      }
    }
    return false;
  }

  /** The names of the structs around it and its own, outermost first. */
  public List<String> names() {
    return names;
  }

  public ColumnType type() {
    return type;
  }

  /** The value in a row; null if it or a struct around it is absent. */
  public Object value(Object[] row) {
    Object value = row[positions[0]];
    for (int i = 1; i < positions.length && value != null; i++) {
      value = ((Object[]) value)[positions[i]];
    }
    return value;
  }

  /** {@code after.id}. */
  @Override
  public String toString() {
    return String.join(".", names);
  }
}
