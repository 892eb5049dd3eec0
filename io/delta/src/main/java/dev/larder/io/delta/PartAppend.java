package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes the blocks that came for one part of a table that is appended to.
 *
 * <p><b>Cost</b>: one file is open at a time. Blocks of a table without partitions are written as
 * they come; those of partitions are held, up to {@value #HELD_BYTES} bytes, so that each partition
 * gets few files.
 */
final class PartAppend {
  private static final long HELD_BYTES = 64L << 20;

  private static final int APPENDED = 0;

  private final TableRoute.Appended route;
  private final Map<Partition, Held> held = new HashMap<>();
  private final List<BundlePart.Written> written = new ArrayList<>();
  private long bytes;

  PartAppend(LoadPlan plan, String table) {
    this.route = new TableRoute.Appended(plan, table);
  }

  private static final class Held {
    private final List<RowBlock> blocks = new ArrayList<>();
    private long bytes;
  }

  PartResult append(Iterator<BundlePart> parts) {
    long rows = 0;
    AppendedFiles files = null;
    while (parts.hasNext()) {
      BundlePart part = parts.next();
      rows += part.rows();
      if (route.isCommitted()) {
        continue;
      }
      if (part instanceof BundlePart.Written finished) {
        written.add(finished);
      } else if (part instanceof RowBlock block && route.partitionColumns().isEmpty()) {
        files = files == null ? files(Partition.NONE, block) : files;
        files.write(block);
      } else if (part instanceof RowBlock block) {
        hold(block);
      }
    }
    if (files != null) {
      written.add(files.finish());
    }
    held.keySet().stream().toList().forEach(this::write);
    return result(rows);
  }

  private AppendedFiles files(Partition partition, RowBlock first) {
    return new AppendedFiles(route, partition, first.schema());
  }

  /** The rows of a block are of one partition: it was made so. */
  private void hold(RowBlock block) {
    Held partition =
        held.computeIfAbsent(route.partition(block.schema(), block.first()), any -> new Held());
    partition.blocks.add(block);
    partition.bytes += block.size();
    bytes += block.size();
    if (bytes > HELD_BYTES) {
      write(
          held.entrySet().stream()
              .max(Comparator.comparingLong(each -> each.getValue().bytes))
              .orElseThrow()
              .getKey());
    }
  }

  private void write(Partition partition) {
    Held ready = held.remove(partition);
    AppendedFiles files = files(partition, ready.blocks.get(0));
    ready.blocks.forEach(files::write);
    written.add(files.finish());
    bytes -= ready.bytes;
  }

  private PartResult result(long rows) {
    BundlePart.Written all = AppendedFiles.all(written, route);
    RowSchema schema = all.schema();
    List<DataFile> files = all.files();
    return new PartResult(
        APPENDED,
        LogCommit.READS_NOTHING,
        KeptRows.NONE,
        false,
        rows,
        all.rows(),
        schema,
        files,
        List.of(),
        List.of(),
        List.of());
  }
}
