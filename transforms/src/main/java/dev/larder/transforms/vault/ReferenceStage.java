package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Reference;
import dev.larder.transforms.model.VaultNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the row of one reference table; where its versions have ends, also the end of a key. */
final class ReferenceStage implements RowStage {
  private final String table;
  private final boolean hasEnds;
  private final int stampsAt;
  private final RowShape version;
  private final RowShape end;

  /**
   * @param vault the source's columns as the vault's tables know them
   * @param columns the source's columns now
   * @throws IllegalArgumentException if a key column is not there now
   */
  ReferenceStage(VaultTable target, Reference reference, RowSchema vault, RowSchema columns) {
    this.table = target.name();
    this.hasEnds = target.spec().rule() instanceof LoadRule.Scd2;
    List<Column> first = new ArrayList<>();
    if (hasEnds) {
      first.add(Column.required(VaultNames.EFFECTIVE_FROM, ColumnType.TIMESTAMP));
    }
    this.stampsAt = first.size();
    first.addAll(TableSpecs.TECHNICAL);
    List<Taken> key = key(reference, vault);
    List<Taken> copied = new ArrayList<>(key);
    copied.addAll(payload(reference, vault));
    this.version = RowShape.of(first, copied, columns);
    this.end = RowShape.of(first, key, columns);
    key.forEach(taken -> columns.position(taken.column()));
  }

  static List<Taken> key(Reference reference, RowSchema source) {
    return reference.key().resolve(source, Set.of());
  }

  static List<Taken> payload(Reference reference, RowSchema source) {
    Set<String> key = new HashSet<>();
    key(reference, source).forEach(taken -> key.add(taken.column()));
    return reference.columns().resolve(source, key);
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object[] before = event.before();
    Object[] after = event.after();
    if (hasEnds && before != null && (after == null || !sameKey(before, after)) && isKey(before)) {
      Object[] row = row(end, before, event.stamp());
      out.row(TableRow.delete(table, end.schema(), row, event.stamp().order()));
    }
    if (after != null && isKey(after)) {
      Object[] row = row(version, after, event.stamp());
      out.row(TableRow.put(table, version.schema(), row, event.stamp().order()));
    }
  }

  private boolean isKey(Object[] image) {
    for (int position : end.positions()) {
      if (image[position] == null) {
        return false;
      }
    }
    return true;
  }

  private boolean sameKey(Object[] before, Object[] after) {
    for (int position : end.positions()) {
      if (!Values.same(before[position], after[position])) {
        return false;
      }
    }
    return true;
  }

  private Object[] row(RowShape shape, Object[] image, Stamp stamp) {
    Object[] row = shape.row(image);
    stamps(row, stamp);
    return row;
  }

  private void stamps(Object[] row, Stamp stamp) {
    if (hasEnds) {
      row[0] = stamp.loadedAt();
    }
    stamp.put(row, stampsAt);
  }

  @Override
  public void truncate(Stamp stamp, StagedRows out) {
    if (hasEnds) {
      RowSchema schema = RowSchema.of(end.schema().columns().subList(0, stampsAt + Stamp.SIZE));
      Object[] row = new Object[schema.size()];
      stamps(row, stamp);
      out.row(TableRow.deleteAll(table, schema, row, stamp.order()));
    }
  }
}
