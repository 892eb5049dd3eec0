package dev.larder.io.delta.log;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import io.delta.standalone.types.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a commit makes of a table's metadata. Pure. */
final class MetadataChange {

  private MetadataChange() {}

  /**
   * The metadata after the commit; that of the table itself if nothing changes.
   *
   * @param path for messages
   * @param table null if the commit creates it
   * @param restored metadata that the table gets back; null if none is
   * @param now milliseconds since the epoch
   * @throws dev.larder.io.changes.UserException if a column has incompatible types
   */
  static TableMetadata after(
      String path, TableContents table, LogCommit commit, TableMetadata restored, long now) {
    if (restored != null) {
      return restored;
    }
    StructType wanted = DeltaTypes.toDelta(path, commit.schema);
    if (table == null) {
      return TableMetadata.create(wanted, commit.partitionColumns, commit.properties, now);
    }
    TableMetadata stored = table.metadata();
    StructType columns = stored.columns(path);
    List<String> partitioned = stored.partitionColumns();
    if (commit.replacesSchema) {
      columns = wanted;
      partitioned = commit.partitionColumns;
    } else {
      RowSchema union =
          SchemaUnion.of(path, stored.schema(path), commit.schema, commit.schemaPolicy);
      columns = DeltaTypes.withColumnsOf(columns, DeltaTypes.toDelta(path, union));
    }
    TableMetadata after =
        columns.equals(stored.columns(path)) && partitioned.equals(stored.partitionColumns())
            ? stored
            : stored.with(columns, partitioned);
    return commit.changedProperties.isEmpty()
        ? after
        : after.withProperties(commit.changedProperties);
  }

  /**
   * Whether files written with these columns hold the table's types: not if the table's columns
   * were widened since.
   */
  static boolean holdsTypes(RowSchema stored, RowSchema written) {
    for (Column column : written.columns()) {
      int position = stored.find(column.name());
      if (position >= 0 && !holdsType(stored.column(position).type(), column.type())) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsType(ColumnType stored, ColumnType written) {
    if (stored.fields() != null && stored.kind() == written.kind()) {
      return holdsTypes(stored.fields(), written.fields());
    }
    if (isNumber(stored) && isNumber(written)) {
      return stored.equals(written);
    }
    return true;
  }

  private static boolean isNumber(ColumnType type) {
    return switch (type.kind()) {
      case INT, DECIMAL, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  /**
   * A file without a value for every partition column would be read wrongly by everyone.
   *
   * @throws IllegalStateException if one would be added
   */
  static void requirePartitionValues(TableMetadata metadata, LogCommit commit) {
    Set<String> columns = new HashSet<>(metadata.partitionColumns());
    for (List<DataFile> files : List.of(commit.added, commit.folded)) {
      for (DataFile file : files) {
        if (!file.partitionValues().keySet().equals(columns)) {
          throw new IllegalStateException(
              file.path()
                  + " has values of the partition columns "
                  + file.partitionValues().keySet()
                  + ", the table has "
                  + columns);
        }
      }
    }
  }
}
