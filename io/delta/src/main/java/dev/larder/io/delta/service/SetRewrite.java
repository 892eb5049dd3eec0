package dev.larder.io.delta.service;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Writes the rows of one set of files into new ones; nothing becomes visible. */
final class SetRewrite {
  /** Encoded rows that are held in memory while they are sorted. */
  private static final int SORT_BYTES = 128 << 20;

  private static final int PROGRESS_ROWS = 1 << 14;

  /** Files that are folded into one become no two because they compress a little worse. */
  private static final int ROLLING_SLACK = 2;

  private final TableStore store;
  private final TableFiles tableFiles;
  private final OptimizeSettings settings;
  private final TableState table;
  private final RowSchema schema;
  private final LongConsumer progress;
  private Partition partition = Partition.NONE;
  private long written;
  private long untold;

  /**
   * @param progress takes numbers of rows as they are written
   */
  SetRewrite(TableStore store, OptimizeSettings settings, TableState table, LongConsumer progress) {
    this.store = store;
    this.tableFiles = new TableFiles(store);
    this.settings = settings;
    this.table = table;
    this.schema = stored(table);
    this.progress = progress;
  }

  /** The columns that files hold: values of partition columns stand in the log. */
  private static RowSchema stored(TableState table) {
    List<Column> columns =
        table.schema().columns().stream()
            .filter(column -> !table.partitionColumns().contains(column.name()))
            .toList();
    return RowSchema.of(columns);
  }

  /** New files that hold the rows of the set's. */
  List<DataFile> write(FileSet set) {
    written = 0;
    partition = partition(set);
    List<DataFile> files =
        switch (set.purpose()) {
          case SPLIT -> split(set);
          case COMPACT -> compact(set);
          case CLUSTER -> cluster(set);
        };
    tellProgress();
    return files;
  }

  private Partition partition(FileSet set) {
    Map<String, String> values = new LinkedHashMap<>();
    table.partitionColumns().forEach(name -> values.put(name, set.partitionValues().get(name)));
    return new Partition(values);
  }

  /** How many rows the last set had. */
  long rows() {
    return written;
  }

  private List<DataFile> compact(FileSet set) {
    RollingFiles out = rolling(set.bucket());
    try (RowIterator rows = rows(set, schema)) {
      rows.forEachRemaining(row -> out.write(counted(row)));
    }
    return out.finish();
  }

  private List<DataFile> split(FileSet set) {
    Buckets buckets = Buckets.of(table);
    RowKey.Of key = new RowKey.Of(schema, buckets.key());
    RollingFiles[] out = new RollingFiles[buckets.count()];
    try (RowIterator rows = rows(set, schema)) {
      rows.forEachRemaining(
          row -> {
            int bucket = key.bucket(row, out.length);
            if (out[bucket] == null) {
              out[bucket] = rolling(bucket);
            }
            out[bucket].write(counted(row));
          });
    }
    List<DataFile> added = new ArrayList<>();
    for (RollingFiles each : out) {
      if (each != null) {
        added.addAll(each.finish());
      }
    }
    return added;
  }

  private List<DataFile> cluster(FileSet set) {
    CurveOrder order;
    RowSchema columns = MergeRule.columns(schema, settings.clusterBy());
    try (RowIterator rows = rows(set, columns)) {
      order = CurveOrder.learn(rows, schema, settings.clusterBy());
    }
    try (RowSorter sorter = new RowSorter(schema, SORT_BYTES)) {
      long count = 0;
      try (RowIterator rows = rows(set, schema)) {
        while (rows.hasNext()) {
          Object[] row = rows.next();
          sorter.add(order.place(row), row);
          count++;
        }
      }
      try (RowIterator sorted = sorter.sorted()) {
        return cut(set, sorted, count);
      }
    }
  }

  /** Files of equally many rows, so that none is a small rest. */
  private List<DataFile> cut(FileSet set, Iterator<Object[]> sorted, long count) {
    Map<String, String> tags = ClusterTags.of(set.bucket(), settings, UUID.randomUUID().toString());
    long wanted = Math.max(1, Math.round((double) set.bytes() / settings.targetSize()));
    List<DataFile> added = new ArrayList<>();
    long before = 0;
    for (long file = 1; file <= wanted; file++) {
      long until = count * file / wanted;
      RollingFiles out = rolling(set.bucket());
      for (; before < until; before++) {
        out.write(counted(sorted.next()));
      }
      out.finish().forEach(each -> added.add(each.withTags(tags)));
    }
    return added;
  }

  private RowIterator rows(FileSet set, RowSchema columns) {
    return tableFiles.rows(set.files(), columns, row -> true);
  }

  private RollingFiles rolling(int bucket) {
    return new RollingFiles(store, schema, bucket, partition, settings.targetSize() * ROLLING_SLACK)
        .withStatistics(StatisticsScope.of(table.properties()));
  }

  private Object[] counted(Object[] row) {
    written++;
    if (++untold == PROGRESS_ROWS) {
      tellProgress();
    }
    return row;
  }

  private void tellProgress() {
    progress.accept(untold);
    untold = 0;
  }
}
