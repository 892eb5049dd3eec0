package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.change.ChangeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the rows of {@link ReadChanges}, of one version. */
final class ChangeRows {
  static final String CHANGE_TYPE = "_change_type";
  static final String COMMIT_VERSION = "_commit_version";
  static final String COMMIT_TIMESTAMP = "_commit_timestamp";

  private final String table;
  private final RowSchema schema;
  private final long version;
  private final long committedAt;

  /**
   * @param stored the table's columns
   * @param committedAt microseconds since the epoch
   */
  ChangeRows(String table, RowSchema stored, long version, long committedAt) {
    this.table = table;
    this.schema = schema(stored);
    this.version = version;
    this.committedAt = committedAt;
  }

  static RowSchema schema(RowSchema stored) {
    List<Column> columns = new ArrayList<>(stored.columns());
    columns.add(Column.required(CHANGE_TYPE, ColumnType.STRING));
    columns.add(Column.required(COMMIT_VERSION, ColumnType.INT));
    columns.add(Column.required(COMMIT_TIMESTAMP, ColumnType.TIMESTAMP));
    return RowSchema.of(columns);
  }

  TableRow row(ChangeType type, Object[] stored) {
    Object[] values = Arrays.copyOf(stored, schema.size());
    values[stored.length] = type.text();
    values[stored.length + 1] = version;
    values[stored.length + 2] = committedAt;
    return TableRow.put(table, schema, values, new Sequence(0, version, type.isRemoval() ? 0 : 1));
  }
}
