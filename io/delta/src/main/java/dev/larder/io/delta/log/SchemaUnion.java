package dev.larder.io.delta.log;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of a table together with those that rows bring: new ones are added at the end, nullable,
 * also inside structs. A column keeps its type.
 */
public final class SchemaUnion {

  private SchemaUnion() {}

  /**
   * @param path for messages
   * @return {@code stored} itself if rows bring nothing new
   * @throws dev.larder.io.changes.UserException if a column has incompatible types, naming both
   */
  public static RowSchema of(String path, RowSchema stored, RowSchema incoming) {
    return stored == incoming || stored.equals(incoming)
        ? stored
        : union(path, "", stored, incoming);
  }

  private static RowSchema union(String path, String prefix, RowSchema stored, RowSchema incoming) {
    List<Column> columns = new ArrayList<>(stored.columns());
    boolean changed = false;
    for (Column column : incoming.columns()) {
      int position = stored.find(column.name());
      if (position < 0) {
        columns.add(Column.nullable(column.name(), column.type()));
        changed = true;
        continue;
      }
      Column known = stored.column(position);
      ColumnType type = union(path, prefix + column.name(), known.type(), column.type());
      if (!type.equals(known.type())) {
        columns.set(position, new Column(known.name(), type, known.nullable()));
        changed = true;
      }
    }
    return changed ? RowSchema.of(columns) : stored;
  }

  private static ColumnType union(
      String path, String column, ColumnType stored, ColumnType incoming) {
    if (stored.kind() == Kind.STRUCT && incoming.kind() == Kind.STRUCT) {
      RowSchema fields = union(path, column + ".", stored.fields(), incoming.fields());
      return fields == stored.fields() ? stored : ColumnType.struct(fields);
    }
    if (stored.kind() == Kind.DECIMAL && incoming.kind() == Kind.DECIMAL) {
      if (stored.scale() == incoming.scale() && stored.precision() >= incoming.precision()) {
        return stored;
      }
    } else if (stored.equals(incoming) || isText(stored) && isText(incoming)) {
      return stored;
    }
    throw DeltaErrors.typeConflict(path, column, stored, incoming);
  }

  private static boolean isText(ColumnType type) {
    return type.kind() == Kind.STRING || type.kind() == Kind.JSON;
  }
}
