package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.change.ChangeType;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.log.VersionChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be read to know a version's changes. Where files are only added or only removed, all
 * their rows are changes; else rows of both have to be compared.
 */
final class VersionSplits {
  /** About so many bytes of files are compared in one part. */
  private static final long PART_BYTES = 4L << 20;

  private static final int MAX_PARTS = 1_024;

  private final TableLog log;
  private final String table;
  private final TableState last;
  private final List<String> key;

  /**
   * @param last the last version that is read; its columns are those of all changes
   */
  VersionSplits(TableLog log, String table, TableState last, List<String> key) {
    this.log = log;
    this.table = table;
    this.last = last;
    this.key = key;
    for (Column added : ChangeRows.schema(RowSchema.of()).columns()) {
      if (last.schema().find(added.name()) >= 0) {
        throw DeltaErrors.changeColumnTaken(log.location(), added.name());
      }
    }
  }

  /** Refuses versions that gave a column another type: rows before and after have no one form. */
  void requireReadable(List<VersionChanges> versions) {
    for (VersionChanges version : versions) {
      if (version.schema().isPresent() && version.version() > 0) {
        RowSchema before = log.at(version.version() - 1).schema();
        String column = retyped("", before, last.schema());
        if (column != null && !(version == versions.get(0) && version.removed().isEmpty())) {
          throw DeltaErrors.changesRetyped(log.location(), version.version(), column);
        }
      }
    }
  }

  /** The first column that both have with different types; null if there is none. */
  private static String retyped(String prefix, RowSchema before, RowSchema now) {
    for (Column column : before.columns()) {
      int position = now.find(column.name());
      if (position >= 0) {
        String name = prefix + column.name();
        ColumnType type = now.column(position).type();
        if (column.type().kind() == Kind.STRUCT && type.kind() == Kind.STRUCT) {
          String field = retyped(name + ".", column.type().fields(), type.fields());
          if (field != null) {
            return field;
          }
        } else if (!haveOneForm(column.type(), type)) {
          return name;
        }
      }
    }
    return null;
  }

  /** Whether equal values of both have equal canonical values: a type that was only widened. */
  private static boolean haveOneForm(ColumnType before, ColumnType now) {
    return switch (before.kind()) {
      case INT -> now.kind() == Kind.INT;
      case DECIMAL -> now.kind() == Kind.DECIMAL && before.scale() == now.scale();
      case STRING, JSON -> now.kind() == Kind.STRING || now.kind() == Kind.JSON;
      default -> before.equals(now);
    };
  }

  List<ChangeSplit> of(VersionChanges version) {
    int parts = 0;
    if (!version.added().isEmpty() && !version.removed().isEmpty()) {
      long bytes = bytes(version.added()) + bytes(version.removed());
      parts = (int) Math.min(MAX_PARTS, 1 + bytes / PART_BYTES);
    }
    List<ChangeSplit> splits = new ArrayList<>();
    for (List<FileSlice> slices : FilePlan.splits(withPartitions(version))) {
      splits.add(split(version, ChangeType.DELETE, parts, slices));
    }
    for (List<FileSlice> slices : FilePlan.splits(version.added())) {
      splits.add(split(version, ChangeType.INSERT, parts, slices));
    }
    return splits;
  }

  private static long bytes(Collection<DataFile> files) {
    return files.stream().mapToLong(DataFile::size).sum();
  }

  private ChangeSplit split(
      VersionChanges version, ChangeType type, int parts, List<FileSlice> slices) {
    return new ChangeSplit(
        table,
        version.version(),
        Values.micros(version.info().time()),
        last.schema(),
        key,
        type,
        parts,
        slices);
  }

  /** Removed files as they were: not every writer repeats their partition. */
  private Collection<DataFile> withPartitions(VersionChanges version) {
    if (last.partitionColumns().isEmpty()
        || version.removed().stream().noneMatch(file -> file.partitionValues().isEmpty())) {
      return version.removed();
    }
    Map<String, DataFile> live = new HashMap<>();
    log.at(version.version() - 1).files().forEach(file -> live.put(file.path(), file));
    return version.removed().stream().map(file -> live.getOrDefault(file.path(), file)).toList();
  }
}
