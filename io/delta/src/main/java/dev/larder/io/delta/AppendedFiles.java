package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.RowMapper;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.MergeRule;
import java.util.List;

/** New files of one partition of a table that is appended to; nothing becomes visible. */
final class AppendedFiles {
  private final TableRoute.Appended route;
  private final RollingFiles files;
  private RowSchema schema;
  private RowSchema mapped;
  private RowMapper mapper;
  private long rows;

  /**
   * @param schema of the first row
   */
  AppendedFiles(TableRoute.Appended route, Partition partition, RowSchema schema) {
    this.route = route;
    this.schema = route.union(route.schema(), schema);
    this.files =
        new RollingFiles(
                route.store(),
                PartitionColumns.inFiles(this.schema, route.partitionColumns()),
                DataFile.ANY_BUCKET,
                partition,
                route.targetFileSize())
            .withStatistics(route.statistics());
  }

  void write(RowSchema incoming, Object[] values, Change change) {
    if (change != Change.PUT) {
      throw DeltaErrors.deleteNotAllowed(route.table(), "Append");
    }
    if (incoming != mapped) {
      RowSchema wider = route.union(schema, incoming);
      RowSchema inFiles = PartitionColumns.inFiles(wider, route.partitionColumns());
      if (wider != schema) {
        files.useSchema(inFiles);
        schema = wider;
      }
      mapper = RowMapper.between(incoming, inFiles);
      mapped = incoming;
    }
    files.write(mapper.map(values));
    rows++;
  }

  void write(RowBlock block) {
    for (MergeRule.Incoming row : block) {
      write(block.schema(), row.values(), row.change());
    }
  }

  /** Closes the files. */
  BundlePart.Written finish() {
    return new BundlePart.Written(rows, schema, files.finish());
  }

  /** The files of several partitions or attempts as one. */
  static BundlePart.Written all(List<BundlePart.Written> parts, TableRoute.Appended route) {
    RowSchema schema = route.schema();
    long rows = 0;
    List<DataFile> files = new java.util.ArrayList<>();
    for (BundlePart.Written part : parts) {
      schema = route.union(schema, part.schema());
      rows += part.rows();
      files.addAll(part.files());
    }
    return new BundlePart.Written(rows, schema, files);
  }
}
