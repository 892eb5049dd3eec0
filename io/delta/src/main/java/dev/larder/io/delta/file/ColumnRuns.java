package dev.larder.io.delta.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a row group, of which some are expected to have one value, or none, in all rows:
 * an origin, a load date, an image that is not there. Of these values are counted, and one page of
 * one run is written at the end ({@link ColumnRun}). If another value comes, what was counted is
 * written as in other columns, and so is what follows: a wrong guess costs little.
 */
final class ColumnRuns implements ColumnWriteStore {
  private final Map<ColumnDescriptor, ColumnRun> runs = new HashMap<>();
  private final List<ColumnRun> all = new ArrayList<>();

  /** Null if no column is written in Parquet's own way. */
  private final ColumnWriteStore others;

  /**
   * @param expected paths, joined by points, of columns of one value; none in arrays and maps
   */
  ColumnRuns(
      MessageType message,
      Set<String> expected,
      ParquetProperties properties,
      ColumnChunkPageWriteStore chunks) {
    for (ColumnDescriptor column : message.getColumns()) {
      if (expected.contains(path(column.getPath()))) {
        MessageType alone = only(message, Set.of(path(column.getPath())));
        ColumnRun run =
            new ColumnRun(
                column,
                chunks.getPageWriter(column),
                () -> properties.newColumnWriteStore(alone, chunks, chunks));
        runs.put(column, run);
        all.add(run);
      }
    }
    this.others =
        all.size() == message.getColumns().size() ? null : others(message, properties, chunks);
  }

  private ColumnWriteStore others(
      MessageType message, ParquetProperties properties, ColumnChunkPageWriteStore chunks) {
    List<String> paths = new ArrayList<>();
    message.getColumns().stream()
        .filter(column -> !runs.containsKey(column))
        .forEach(column -> paths.add(path(column.getPath())));
    return properties.newColumnWriteStore(only(message, Set.copyOf(paths)), chunks, chunks);
  }

  static String path(String... names) {
    return String.join(".", names);
  }

  /** A message of some of the columns of another. */
  private static MessageType only(MessageType message, Set<String> paths) {
    return new MessageType(message.getName(), only("", message, paths));
  }

  private static List<Type> only(String around, GroupType group, Set<String> paths) {
    List<Type> fields = new ArrayList<>();
    for (Type field : group.getFields()) {
      String path = around + field.getName();
      if (!field.isPrimitive()) {
        List<Type> inside = only(path + ".", field.asGroupType(), paths);
        if (!inside.isEmpty()) {
          fields.add(field.asGroupType().withNewFields(inside));
        }
      } else if (paths.contains(path)) {
        fields.add(field);
      }
    }
    return fields;
  }

  @Override
  public ColumnWriter getColumnWriter(ColumnDescriptor column) {
    ColumnRun run = runs.get(column);
    return run == null ? others.getColumnWriter(column) : run;
  }

  @Override
  public void endRecord() {
    if (others != null) {
      others.endRecord();
    }
  }

  @Override
  public void flush() {
    try {
      if (others != null) {
        others.flush();
      }
      for (ColumnRun run : all) {
        run.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  @Override
  public long getAllocatedSize() {
    long size = others == null ? 0 : others.getAllocatedSize();
    for (ColumnRun run : all) {
      size += run.allocatedSize();
    }
    return size;
  }

  @Override
  public long getBufferedSize() {
    long size = others == null ? 0 : others.getBufferedSize();
    for (ColumnRun run : all) {
      size += run.getBufferedSizeInMemory();
    }
    return size;
  }

  @Override
  public String memUsageString() {
    return getBufferedSize() + " bytes in " + all.size() + " runs and other columns";
  }

  @Override
  public void close() {
    if (others != null) {
      others.close();
    }
    all.forEach(ColumnRun::close);
  }
}
