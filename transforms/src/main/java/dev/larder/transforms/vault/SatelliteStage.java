package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashDiff;
import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the row of one satellite. */
final class SatelliteStage {
  private static final int TECHNICAL_AT = 2;

  private final String table;
  private final RowKeys.Parent parent;
  private final HashDiff hashDiff;
  private final RowShape shape;

  /**
   * @param tracked in the order of the vault's columns, whatever the table has now
   */
  SatelliteStage(
      VaultTable target,
      Satellite satellite,
      List<Taken> tracked,
      RowKeys.Parent parent,
      HashAlgorithm algorithm,
      RowSchema columns) {
    this.table = target.name();
    this.parent = parent;
    this.hashDiff =
        new HashDiff(
            HashProfile.STRICT, algorithm, columns, tracked.stream().map(Taken::column).toList());
    List<Taken> copied = new ArrayList<>(tracked);
    satellite.untracked().forEach(name -> copied.add(new Taken(name, name)));
    List<Column> first = target.spec().schema().columns().subList(0, TECHNICAL_AT + 3);
    this.shape = RowShape.of(first, copied, columns);
  }

  /** The columns whose change makes a version. */
  static List<Taken> tracked(Satellite satellite, SourceTable table, RowSchema source) {
    Set<String> elsewhere = new HashSet<>(table.keyColumns());
    elsewhere.addAll(satellite.untracked());
    return satellite.columns().resolve(source, elsewhere);
  }

  void stage(Object[] image, RowKeys keys, Stamp stamp, StagedRows out) {
    byte[] key = keys.of(parent);
    if (key == null) {
      return;
    }
    Object[] row = shape.row(image);
    row[0] = key;
    row[1] = hashDiff.of(image);
    stamp.put(row, TECHNICAL_AT);
    out.row(TableRow.put(table, shape.schema(), row, stamp.order()));
  }
}
