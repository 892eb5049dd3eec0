package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.SourceTable.History;
import dev.larder.transforms.model.VaultNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the rows of one history with stored ends: a version that begins when the change was
 * committed, or the end of a key's last version.
 */
final class HistoryStage implements RowStage {
  private final String table;
  private final RowShape version;
  private final RowShape end;

  /**
   * @param vault the source's columns as the vault's tables know them
   * @param columns the source's columns now
   * @throws IllegalArgumentException if a key column is not there now
   */
  HistoryStage(VaultTable target, History history, RowSchema vault, RowSchema columns) {
    this.table = target.name();
    List<Taken> key = key(history, vault);
    List<Taken> copied = new ArrayList<>(key);
    copied.addAll(tracked(history, vault));
    Column from = Column.required(VaultNames.EFFECTIVE_FROM, ColumnType.TIMESTAMP);
    this.version = RowShape.of(List.of(from), copied, columns);
    this.end = RowShape.of(List.of(from), key, columns);
    key.forEach(taken -> columns.position(taken.column()));
  }

  static List<Taken> key(History history, RowSchema source) {
    return history.key().resolve(source, Set.of());
  }

  static List<Taken> tracked(History history, RowSchema source) {
    Set<String> key = new HashSet<>();
    key(history, source).forEach(taken -> key.add(taken.column()));
    return history.columns().resolve(source, key);
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object[] before = event.before();
    Object[] after = event.after();
    Stamp stamp = event.stamp();
    if (before != null && (after == null || !sameKey(before, after))) {
      out.row(TableRow.delete(table, end.schema(), row(end, before, stamp), stamp.order()));
    }
    if (after != null) {
      out.row(TableRow.put(table, version.schema(), row(version, after, stamp), stamp.order()));
    }
  }

  @Override
  public void truncate(Stamp stamp, StagedRows out) {
    RowSchema schema = RowSchema.of(end.schema().columns().subList(0, 1));
    out.row(TableRow.deleteAll(table, schema, new Object[] {stamp.loadedAt()}, stamp.order()));
  }

  private static Object[] row(RowShape shape, Object[] image, Stamp stamp) {
    Object[] row = shape.row(image);
    row[0] = stamp.loadedAt();
    return row;
  }

  private boolean sameKey(Object[] before, Object[] after) {
    for (int position : end.positions()) {
      if (!Values.same(before[position], after[position])) {
        return false;
      }
    }
    return true;
  }
}
