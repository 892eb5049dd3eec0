package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;

/** Makes the row of one hub. */
final class HubStage {
  private final String table;
  private final RowSchema schema;
  private final int position;

  HubStage(VaultTable hub, int position) {
    this.table = hub.name();
    this.schema = hub.spec().schema();
    this.position = position;
  }

  void stage(RowKeys keys, Stamp stamp, StagedRows out) {
    byte[] key = keys.hubs[position];
    if (key == null) {
      return;
    }
    Object[] row = new Object[schema.size()];
    row[0] = key;
    String[] parts = keys.hubParts[position];
    System.arraycopy(parts, 0, row, 1, parts.length);
    stamp.put(row, 1 + parts.length);
    out.row(TableRow.put(table, schema, row, stamp.order()));
  }
}
