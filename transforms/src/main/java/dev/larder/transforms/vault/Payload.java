package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.hash.HashDiff;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a satellite takes of a source's row, and the hash diff of it. Not for two threads. */
final class Payload {
  private final HashForm form;
  private final HashDiff hashDiff;
  private final Masking masking;
  private final List<Taken> columns;

  /**
   * @param vault the source's columns as the vault's tables know them
   * @param source the source's columns now
   */
  Payload(
      VaultModel model, Satellite satellite, SourceTable table, RowSchema vault, RowSchema source) {
    List<Taken> tracked = tracked(satellite, table, vault);
    this.form = HashForm.of(model.hashing());
    this.columns = columns(satellite, table, vault);
    this.masking = Masking.of(model.maskSecret(), source, maskedColumns(satellite, table, vault));
    this.hashDiff =
        new HashDiff(
            form.profile(),
            form.algorithm(),
            masking.schema(),
            tracked.stream().map(Taken::column).toList(),
            tracked.stream().map(Taken::name).toList());
  }

  /** The columns whose change makes a version. */
  static List<Taken> tracked(Satellite satellite, SourceTable table, RowSchema source) {
    Set<String> elsewhere = new HashSet<>(table.keyColumns());
    elsewhere.addAll(satellite.untracked());
    elsewhere.addAll(satellite.child());
    return satellite.columns().resolve(source, elsewhere);
  }

  /** The tracked columns, then the untracked ones. */
  static List<Taken> columns(Satellite satellite, SourceTable table, RowSchema source) {
    List<Taken> columns = new ArrayList<>(tracked(satellite, table, source));
    satellite.untracked().forEach(name -> columns.add(new Taken(name, name)));
    return columns;
  }

  private static Set<String> maskedColumns(
      Satellite satellite, SourceTable table, RowSchema source) {
    Set<String> masked = new HashSet<>();
    for (Taken taken : columns(satellite, table, source)) {
      if (satellite.masked().contains(taken.name())) {
        masked.add(taken.column());
      }
    }
    return masked;
  }

  List<Taken> columns() {
    return columns;
  }

  /** The source's columns as {@link #masked} gives them. */
  RowSchema schema() {
    return masking.schema();
  }

  Object[] masked(Object[] image) {
    return masking.row(image);
  }

  /**
   * @param masked an image as {@link #masked} gives it
   */
  Object hashDiff(Object[] masked) {
    return form.stored(hashDiff.of(masked));
  }
}
