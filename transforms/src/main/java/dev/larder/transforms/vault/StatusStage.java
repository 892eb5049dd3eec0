package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.vault.RowKeys.Parent;
import dev.larder.transforms.vault.Satellites.Kept;
import java.util.List;

/**
 * Makes the rows of one status satellite: I when a key is seen, D when its row is deleted, its key
 * becomes another one, or all rows end; where events are kept, U when its row changes.
 */
final class StatusStage implements RowStage {
  static final String INSERTED = "I";
  static final String UPDATED = "U";
  static final String DELETED = "D";

  private final String table;
  private final RowSchema schema;
  private final RowSchema withoutKey;
  private final Parent parent;
  private final Kept kept;

  StatusStage(VaultTable target, Parent parent, Kept kept) {
    this.table = target.name();
    this.schema = target.spec().schema();
    List<Column> columns = schema.columns();
    this.withoutKey = RowSchema.of(columns.subList(1, columns.size()));
    this.parent = parent;
    this.kept = kept;
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object gone = event.gone(parent);
    if (gone != null) {
      out.row(row(gone, DELETED, event.stamp()));
    }
    Object now = event.key(parent);
    if (now != null) {
      boolean isUpdate =
          kept == Kept.EVENTS && event.operation() == Operation.UPDATE && gone == null;
      out.row(row(now, isUpdate ? UPDATED : INSERTED, event.stamp()));
    }
  }

  private TableRow row(Object key, String status, Stamp stamp) {
    Object[] row = new Object[schema.size()];
    row[0] = key;
    row[1] = status;
    stamp.put(row, 2);
    return TableRow.put(table, schema, row, stamp.order());
  }

  @Override
  public void truncate(Stamp stamp, StagedRows out) {
    Object[] row = new Object[withoutKey.size()];
    row[0] = DELETED;
    stamp.put(row, 1);
    out.row(TableRow.deleteAll(table, withoutKey, row, stamp.order()));
  }
}
