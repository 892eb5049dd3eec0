package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.RowKeys.Parent;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the rows of one satellite with a payload, standard or multi-active, insert-only or SCD2.
 *
 * <p>Columns: hash key, hash diff, child keys, stamps, {@code deleted} where deletes are flagged,
 * {@code EffectiveFrom} where ends are stored, payload.
 */
final class SatelliteStage implements RowStage {
  private static final int CHILD_AT = 2;

  private final String table;
  private final Parent parent;
  private final Payload payload;
  private final HashForm form;
  private final int[] child;
  private final int flagAt;
  private final int fromAt;
  private final boolean closes;
  private final RowShape version;

  /** Columns of a row that says that a key is gone: all but the payload. */
  private final RowSchema end;

  SatelliteStage(
      VaultTable target, Satellite satellite, Payload payload, Parent parent, HashForm form) {
    this.table = target.name();
    this.parent = parent;
    this.payload = payload;
    this.form = form;
    RowSchema schema = target.spec().schema();
    List<Column> first =
        new ArrayList<>(schema.columns().subList(0, CHILD_AT + satellite.child().size()));
    this.child = satellite.child().stream().mapToInt(payload.schema()::position).toArray();
    for (int i = 0; i < child.length; i++) {
      Column column = payload.schema().column(child[i]);
      first.set(CHILD_AT + i, Column.nullable(column.name(), column.type()));
    }
    int at = first.size();
    first.addAll(schema.columns().subList(at, at + Stamp.SIZE));
    this.flagAt = append(first, schema, VaultNames.DELETED);
    this.fromAt = append(first, schema, VaultNames.EFFECTIVE_FROM);
    this.closes = fromAt >= 0 && satellite.deletes() == Satellite.Deletes.CLOSE;
    this.version = RowShape.of(first, payload.columns(), payload.schema());
    this.end = RowSchema.of(first);
  }

  private static int append(List<Column> columns, RowSchema schema, String name) {
    int position = schema.find(name);
    if (position < 0) {
      return -1;
    }
    columns.add(schema.column(position));
    return columns.size() - 1;
  }

  /** The names of the columns that the payload has in the vault. */
  static List<String> names(List<Taken> columns) {
    return columns.stream().map(Taken::name).toList();
  }

  @Override
  public void stage(Event event, StagedRows out) {
    if (flagAt >= 0 || closes) {
      Object gone = gone(event);
      if (gone != null && hasChild(event.before())) {
        out.row(end(gone, event.before(), event.stamp()));
      }
    }
    Object key = event.key(parent);
    if (key != null && hasChild(event.after())) {
      out.row(version(key, event.after(), event.stamp()));
    }
  }

  /** The key of which the row before has ended: its parent's, or that of its child key. */
  private Object gone(Event event) {
    if (event.before() == null) {
      return null;
    }
    if (event.old() != null && event.gone(parent) != null) {
      return event.gone(parent);
    }
    for (int position : child) {
      if (event.after() != null
          && !Values.same(event.before()[position], event.after()[position])) {
        return event.key(parent);
      }
    }
    return null;
  }

  private boolean hasChild(Object[] image) {
    for (int position : child) {
      if (image[position] == null) {
        return false;
      }
    }
    return true;
  }

  private TableRow version(Object key, Object[] image, Stamp stamp) {
    Object[] masked = payload.masked(image);
    Object[] row = version.row(masked);
    keys(row, key, image, stamp);
    row[1] = payload.hashDiff(masked);
    if (flagAt >= 0) {
      row[flagAt] = false;
    }
    return TableRow.put(table, version.schema(), row, stamp.order());
  }

  private TableRow end(Object key, Object[] image, Stamp stamp) {
    Object[] row = ended(stamp);
    keys(row, key, image, stamp);
    return closes
        ? TableRow.delete(table, end, row, stamp.order())
        : TableRow.put(table, end, row, stamp.order());
  }

  private Object[] ended(Stamp stamp) {
    Object[] row = new Object[end.size()];
    row[1] = form.zero();
    if (flagAt >= 0) {
      row[flagAt] = true;
    }
    stamp.put(row, CHILD_AT + child.length);
    if (fromAt >= 0) {
      row[fromAt] = stamp.loadedAt();
    }
    return row;
  }

  private void keys(Object[] row, Object key, Object[] image, Stamp stamp) {
    row[0] = key;
    for (int i = 0; i < child.length; i++) {
      row[CHILD_AT + i] = image[child[i]];
    }
    stamp.put(row, CHILD_AT + child.length);
    if (fromAt >= 0) {
      row[fromAt] = stamp.loadedAt();
    }
  }

  @Override
  public void truncate(Stamp stamp, StagedRows out) {
    if (flagAt < 0 && !closes) {
      return;
    }
    List<Column> columns = new ArrayList<>(end.columns());
    List<Object> values = new ArrayList<>(java.util.Arrays.asList(ended(stamp)));
    for (int i = CHILD_AT + child.length - 1; i >= 0; i--) {
      if (i != 1) { // keys are absent, the hash diff is not
        columns.remove(i);
        values.remove(i);
      }
    }
    out.row(TableRow.deleteAll(table, RowSchema.of(columns), values.toArray(), stamp.order()));
  }
}
