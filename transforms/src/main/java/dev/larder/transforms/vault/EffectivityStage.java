package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.vault.RowKeys.Parent;
import java.util.List;

/**
 * Makes the rows of one effectivity satellite: a row opens its relation; a delete, or another key
 * after a change than before it, closes the relation that was. Of a full extract each row also says
 * that all relations that are not in it are gone.
 *
 * <p>Columns: hash key, hash keys of the driving roles and of the others, start, end, stamps.
 */
final class EffectivityStage implements RowStage {
  private final String table;
  private final RowSchema schema;
  private final RowSchema withoutKeys;
  private final Parent link;
  private final int[] roles;
  private final int startAt;
  private final long openEnd;
  private final boolean isFull;
  private final ColumnTime start;
  private final ColumnTime end;

  /**
   * @param roles places of the link's hubs in the keys, in the order of the columns
   */
  EffectivityStage(
      VaultTable target,
      Satellite satellite,
      SourceTable source,
      Parent link,
      int[] roles,
      RowSchema columns) {
    this.table = target.name();
    this.schema = target.spec().schema();
    this.link = link;
    this.roles = roles;
    this.startAt = 1 + roles.length;
    this.openEnd = ((LoadRule.Effectivity) target.spec().rule()).openEnd();
    this.isFull = source.extract() == SourceTable.Extract.FULL;
    this.start = ColumnTime.of(satellite.start(), columns);
    this.end = ColumnTime.of(satellite.end(), columns);
    List<Column> all = schema.columns();
    this.withoutKeys = RowSchema.of(all.subList(startAt, all.size()));
  }

  /** The type of the columns with start and end. */
  static ColumnType timeType() {
    return ColumnType.TIMESTAMP;
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Stamp stamp = event.stamp();
    if (isFull && event.operation() == Operation.READ) {
      // before every row of the extract, at its time: what is among them stays open
      end(stamp, Sequence.BEGINNING, out);
    }
    Object gone = event.gone(link);
    if (gone != null) {
      Object[] row = row(gone, event.old(), stamp);
      row[startAt] = stamp.loadedAt();
      out.row(TableRow.delete(table, schema, row, stamp.order()));
    }
    Object now = event.key(link);
    if (now != null) {
      Object[] row = row(now, event.now(), stamp);
      row[startAt] = start.of(event.after(), stamp.loadedAt());
      row[startAt + 1] = end.of(event.after(), openEnd);
      out.row(TableRow.put(table, schema, row, stamp.order()));
    }
  }

  private Object[] row(Object key, RowKeys keys, Stamp stamp) {
    Object[] row = new Object[schema.size()];
    row[0] = key;
    for (int i = 0; i < roles.length; i++) {
      row[1 + i] = keys.hubs[roles[i]];
    }
    stamp.put(row, startAt + 2);
    return row;
  }

  @Override
  public void truncate(Stamp stamp, StagedRows out) {
    end(stamp, stamp.order(), out);
  }

  private void end(Stamp stamp, Sequence order, StagedRows out) {
    Object[] row = new Object[withoutKeys.size()];
    row[0] = stamp.loadedAt();
    stamp.put(row, 2);
    out.row(TableRow.deleteAll(table, withoutKeys, row, order));
  }
}
