package dev.larder.stores;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaTable;
import java.util.List;

/**
 * A writer in a process of its own: appends batches 0, 1, 2 ... of one row to a table, each in a
 * commit of its own. Started again with the same application it goes on where it was.
 *
 * <p>Arguments: lake, table, application, number of batches.
 */
public final class CommitterMain {
  static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("writer", ColumnType.STRING), Column.required("batch", ColumnType.INT));

  private CommitterMain() {}

  public static void main(String[] args) {
    DeltaTable table = DeltaTable.of(args[0], args[1]);
    String appId = args[2];
    for (long batch = table.batch(appId) + 1; batch < Long.parseLong(args[3]); batch++) {
      table.append(SCHEMA, List.<Object[]>of(new Object[] {appId, batch}).iterator(), appId, batch);
    }
  }
}
