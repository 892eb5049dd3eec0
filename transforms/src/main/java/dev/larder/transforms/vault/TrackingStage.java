package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.vault.RowKeys.Parent;

/** Makes the rows of one record tracking satellite: one for each sight of a key. */
final class TrackingStage implements RowStage {
  private final String table;
  private final RowSchema schema;
  private final Parent parent;

  TrackingStage(VaultTable target, Parent parent) {
    this.table = target.name();
    this.schema = target.spec().schema();
    this.parent = parent;
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object key = event.key(parent);
    if (key == null) {
      return;
    }
    Object[] row = new Object[schema.size()];
    row[0] = key;
    event.stamp().put(row, 1);
    out.row(TableRow.put(table, schema, row, event.stamp().order()));
  }
}
