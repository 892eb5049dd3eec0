package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;

/** Makes the row of one hub, as one mapping gives its key. */
final class HubStage implements RowStage {
  private final String table;
  private final RowSchema schema;
  private final int position;

  HubStage(VaultTable hub, int position) {
    this.table = hub.name();
    this.schema = hub.spec().schema();
    this.position = position;
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object key = event.now() == null ? null : event.now().hubs[position];
    if (key == null) {
      return;
    }
    Object[] row = new Object[schema.size()];
    row[0] = key;
    String[] parts = event.now().hubParts[position];
    System.arraycopy(parts, 0, row, 1, parts.length);
    event.stamp().put(row, 1 + parts.length);
    out.row(TableRow.put(table, schema, row, event.stamp().order()));
  }
}
