package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.bench.SatelliteRows;
import dev.larder.io.delta.merge.RowKey;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Makes a table of one bucket with many rows and merges few changes into it, by every rule that
 * reads what is stored. To be run in a JVM with a small heap: {@code SmallHeapMerge LAKE ROWS}.
 */
final class SmallHeapMerge {
  static final int CHANGES = 1_000;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.BINARY),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final int KEY_BYTES = 16;
  private static final long END = 1L << 50;

  private SmallHeapMerge() {}

  static List<LoadRule> rules() {
    List<String> key = List.of("key");
    return List.of(
        new LoadRule.InsertIfAbsent(key),
        new LoadRule.InsertIfChanged(key, "at", List.of("at")),
        new LoadRule.Latest(key, "at"),
        new LoadRule.Scd2(key, List.of("at"), "at", "to", "current", END));
  }

  private static Object[] row(long number, long at) {
    byte[] key = Arrays.copyOf(SatelliteRows.hash(number), KEY_BYTES);
    return new Object[] {key, at, END, true};
  }

  public static void main(String[] args) {
    long rows = Long.parseLong(args[1]);
    for (LoadRule rule : rules()) {
      String table = rule.getClass().getSimpleName();
      TableSpec spec = new TableSpec(table, SCHEMA, rule, 1, Map.of());
      DeltaTable.create(args[0], spec).append(SCHEMA, rows(rows));
      merge(args[0], spec, rows);
    }
  }

  private static Iterator<Object[]> rows(long count) {
    return new Iterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public Object[] next() {
        return row(next++, 1);
      }
    };
  }

  private static void merge(String lake, TableSpec spec, long rows) {
    LoadPlan plan =
        LoadPlan.of(LoadPlan.Undeclared.REFUSE)
            .withLake(lake)
            .withTables(List.of(spec))
            .withTransaction("small", 0);
    RowKey.Of key = new RowKey.Of(SCHEMA, spec.rule().key());
    RowBlockBuilder block = new RowBlockBuilder(SCHEMA);
    for (long i = 0; i < CHANGES; i++) {
      Object[] values = row(i * (rows / CHANGES), 2);
      TableRow row = TableRow.put(spec.name(), SCHEMA, values, Sequence.BEGINNING);
      block.add(row, key.rank(values));
    }
    PartMerge merge = new PartMerge(plan, new TablePart(spec.name(), 0));
    new TableCommitter(plan, spec.name()).commit(List.of(merge.merge(List.of(block.build()))));
  }
}
