package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import java.util.Arrays;

/**
 * Makes the rows of one status satellite: I when a key is seen, D when its row is deleted or its
 * key becomes another one.
 */
final class StatusStage {
  static final String INSERTED = "I";
  static final String DELETED = "D";

  private final String table;
  private final RowSchema schema;
  private final RowKeys.Parent parent;

  StatusStage(VaultTable target, RowKeys.Parent parent) {
    this.table = target.name();
    this.schema = target.spec().schema();
    this.parent = parent;
  }

  /**
   * @param before keys of the image before, or null if they are those after
   * @param after keys of the image after, or null
   */
  void stage(RowKeys before, RowKeys after, Stamp stamp, StagedRows out) {
    byte[] old = before == null ? null : before.of(parent);
    byte[] now = after == null ? null : after.of(parent);
    if (old != null && !Arrays.equals(old, now)) {
      out.row(row(old, DELETED, stamp));
    }
    if (now != null) {
      out.row(row(now, INSERTED, stamp));
    }
  }

  private TableRow row(byte[] key, String status, Stamp stamp) {
    Object[] row = new Object[schema.size()];
    row[0] = key;
    row[1] = status;
    stamp.put(row, 2);
    return TableRow.put(table, schema, row, stamp.order());
  }
}
