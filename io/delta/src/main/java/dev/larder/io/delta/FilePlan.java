package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.file.PartitionValues;
import dev.larder.io.delta.file.StoredBounds;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.FieldPath;
import dev.larder.io.delta.filter.ValueOrder;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which files of a table have to be read, and in which splits.
 *
 * <p><b>Cost</b>: nothing is opened. With a filter, a file's statistics are parsed: some 20
 * microseconds a file.
 */
final class FilePlan {
  /**
   * A split is about so many bytes of files, more if there would be too many splits. A runner may
   * hold all rows of a split before the next step sees one: SparkRunner does.
   */
  static final long SPLIT_BYTES = 16L << 20;

  /** What opening a file costs, in bytes that could be read meanwhile. */
  static final long OPEN_BYTES = 1L << 20;

  /** Splits are at least half as large as this number asks for: there are not twice as many. */
  static final int MAX_SPLITS = 4_096;

  private FilePlan() {}

  /**
   * The files in which rows may pass: by the partition they belong to, by their bucket and by their
   * statistics.
   */
  static List<DataFile> files(TableState state, Condition condition) {
    if (condition.isEverything()) {
      return state.files();
    }
    BucketPruning buckets = BucketPruning.of(state, condition);
    return state.files().stream()
        .filter(file -> buckets.mayHold(file) && condition.mayPass(bounds(state.schema(), file)))
        .toList();
  }

  private static Function<FieldPath, ColumnBounds> bounds(RowSchema schema, DataFile file) {
    Map<String, String> partition = file.partitionValues();
    StoredBounds[] parsed = new StoredBounds[1];
    return path -> {
      String column = path.names().get(0);
      if (partition.containsKey(column)) {
        Column stored = schema.column(schema.position(column));
        return ColumnBounds.constant(
            PartitionValues.parse(file.path(), stored, partition.get(column)));
      }
      if (!ValueOrder.exists(path.type().kind())) {
        return ColumnBounds.UNKNOWN;
      }
      if (parsed[0] == null) {
        parsed[0] = StoredBounds.parse(file.stats());
      }
      return parsed[0].column(path);
    };
  }

  /** Large files are cut, small ones put together; each row is in one split. */
  static List<List<FileSlice>> splits(Collection<DataFile> files) {
    long total = files.stream().mapToLong(file -> file.size() + OPEN_BYTES).sum();
    long target = Math.max(SPLIT_BYTES, total / MAX_SPLITS + 1);
    List<List<FileSlice>> splits = new ArrayList<>();
    List<FileSlice> open = new ArrayList<>();
    long openBytes = 0;
    List<DataFile> largestFirst = new ArrayList<>(files);
    largestFirst.sort(Comparator.comparingLong(DataFile::size).reversed());
    for (DataFile file : largestFirst) {
      DataFile carried = withoutStatistics(file);
      if (file.size() > target + target / 2) {
        cut(carried, target).forEach(slice -> splits.add(List.of(slice)));
        continue;
      }
      if (!open.isEmpty() && openBytes + file.size() + OPEN_BYTES > target) {
        splits.add(List.copyOf(open));
        open.clear();
        openBytes = 0;
      }
      open.add(FileSlice.whole(carried));
      openBytes += file.size() + OPEN_BYTES;
    }
    if (!open.isEmpty()) {
      splits.add(List.copyOf(open));
    }
    return splits;
  }

  /** The last slice has no end: the file may be longer than the log says. */
  private static List<FileSlice> cut(DataFile file, long target) {
    int count = (int) ((file.size() + target - 1) / target);
    List<FileSlice> slices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long end = i == count - 1 ? Long.MAX_VALUE : file.size() / count * (i + 1);
      slices.add(new FileSlice(file, file.size() / count * i, end));
    }
    return slices;
  }

  /** What has been planned with is not carried to the workers. */
  static DataFile withoutStatistics(DataFile file) {
    return new DataFile(
        file.path(),
        file.size(),
        file.modifiedAt(),
        null,
        Map.of(),
        file.partitionValues(),
        file.deletedAt());
  }
}
