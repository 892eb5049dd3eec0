package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.vault.RowKeys.Parent;

/** Makes the rows that one satellite leaves in an XTS: one for each sight of a payload. */
final class SightingsStage implements RowStage {
  private final String table;
  private final RowSchema schema;
  private final Parent parent;
  private final String satellite;
  private final Payload payload;

  /**
   * @param satellite its name
   * @param payload of the satellite
   */
  SightingsStage(VaultTable target, Parent parent, String satellite, Payload payload) {
    this.table = target.name();
    this.schema = target.spec().schema();
    this.parent = parent;
    this.satellite = satellite;
    this.payload = payload;
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object key = event.key(parent);
    if (key == null) {
      return;
    }
    Object[] row = new Object[schema.size()];
    row[0] = key;
    row[1] = payload.hashDiff(payload.masked(event.after()));
    row[2] = satellite;
    event.stamp().put(row, 3);
    out.row(TableRow.put(table, schema, row, event.stamp().order()));
  }
}
