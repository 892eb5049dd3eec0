package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.List;
import java.util.stream.IntStream;

/** Where the rows of a table go; constant while a worker lives. */
sealed interface TableRoute {

  /** What of a table's rows is collected together: the number of a bucket, or a partition. */
  Object slot(TableRow row);

  static TableRoute of(LoadPlan plan, String table) {
    LoadRule rule = plan.rule(table);
    if (rule instanceof LoadRule.Append) {
      return new Appended(plan, table);
    }
    return new Keyed(plan, table, rule);
  }

  /** To the merges of buckets. */
  final class Keyed implements TableRoute {
    private final List<String> key;
    private final int buckets;
    private final boolean whole;
    private RowSchema schema;
    private RowKey.Of rowKey;

    private Keyed(LoadPlan plan, String table, LoadRule rule) {
      TableState stored = plan.log(table).latest().orElse(null);
      this.key = rule.key();
      this.buckets = plan.buckets(table, stored);
      this.whole = plan.mergesWhole(table, stored);
    }

    /** All that there are: where a row without key goes. */
    List<Integer> slots() {
      return whole ? List.of(TablePart.WHOLE) : IntStream.range(0, buckets).boxed().toList();
    }

    @Override
    public Integer slot(TableRow row) {
      return whole ? TablePart.WHOLE : key(row).bucket(row.values(), buckets);
    }

    /** Where the row belongs among those that are merged with it. */
    long rank(TableRow row) {
      return key(row).rank(row.values());
    }

    private RowKey.Of key(TableRow row) {
      if (row.schema() != schema) {
        rowKey = new RowKey.Of(row.schema(), key);
        schema = row.schema();
      }
      return rowKey;
    }
  }

  /** Into files of partitions. */
  final class Appended implements TableRoute {
    private final LoadPlan plan;
    private final String table;
    private final TableStore store;
    private final RowSchema schema;
    private final List<String> partitionColumns;
    private final long targetFileSize;
    private final StatisticsScope statistics;
    private final boolean committed;
    private RowSchema rows;
    private PartitionColumns partition;

    Appended(LoadPlan plan, String table) {
      TableLog log = plan.log(table);
      TableState stored = log.latest().orElse(null);
      log.requireWritable();
      this.plan = plan;
      this.table = table;
      this.store = plan.store(table);
      TableState kept = plan.kept(table, stored);
      this.schema = plan.knownSchema(table, kept);
      this.partitionColumns = plan.partitionColumns(table, kept);
      this.targetFileSize = plan.targetFileSize(table, stored);
      this.statistics = plan.statistics(table, stored);
      this.committed = stored != null && log.batch(plan.appId()) >= plan.batch();
    }

    @Override
    public Partition slot(TableRow row) {
      return partition(row.schema(), row.values());
    }

    Partition partition(RowSchema columns, Object[] values) {
      if (columns != rows) {
        partition = PartitionColumns.of(columns, partitionColumns);
        rows = columns;
      }
      return partition.of(store.location(), values);
    }

    /** The table's columns, or the declared ones; null if rows say what they are. */
    RowSchema schema() {
      return schema;
    }

    RowSchema union(RowSchema known, RowSchema incoming) {
      return plan.union(table, known, incoming);
    }

    /** Whether the batch had been committed when the worker came to the table. */
    boolean isCommitted() {
      return committed;
    }

    String table() {
      return table;
    }

    TableStore store() {
      return store;
    }

    List<String> partitionColumns() {
      return partitionColumns;
    }

    StatisticsScope statistics() {
      return statistics;
    }

    long targetFileSize() {
      return targetFileSize;
    }

    /** A file of a partition that another engine or an append has written. */
    static Partition partition(DataFile file) {
      return file.partitionValues().isEmpty()
          ? Partition.NONE
          : new Partition(file.partitionValues());
    }
  }
}
