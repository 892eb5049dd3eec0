package dev.larder.io.delta.chaos;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.log.ConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;

/**
 * One of several writers that load one table at once, each a process of its own: by turns an append
 * of rows that nobody else has and a merge of keys that all writers bring. Every batch is run
 * twice.
 *
 * <p>Arguments: lake, name of the writer, number of batches.
 */
public final class WriterLoop {
  static final String TABLE = "vault/contended";
  static final int ROWS = 3;
  private static final int BUCKETS = 2;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING), Column.nullable("writer", ColumnType.STRING));
  private static final TableSpec SPEC =
      new TableSpec(TABLE, SCHEMA, new LoadRule.InsertIfAbsent(List.of("key")), BUCKETS, Map.of());

  private final String lake;
  private final String writer;

  private WriterLoop(String lake, String writer) {
    this.lake = lake;
    this.writer = writer;
  }

  public static void main(String[] arguments) {
    WriterLoop loop = new WriterLoop(arguments[0], arguments[1]);
    int batches = Integer.parseInt(arguments[2]);
    for (int batch = 0; batch < batches; batch++) {
      loop.load(batch);
      loop.load(batch);
    }
  }

  private void load(int batch) {
    if (batch % 2 == 0) {
      List<Object[]> rows = new ArrayList<>();
      keys(writer, batch).forEach(key -> rows.add(new Object[] {key, writer}));
      DeltaTable.of(lake, TABLE).append(SCHEMA, rows.iterator(), writer, batch);
    } else {
      while (!merges(batch)) {}
    }
  }

  /** Whether the other writer let the batch through; the message says to run it again if not. */
  private boolean merges(int batch) {
    try {
      merge(batch);
      return true;
    } catch (Pipeline.PipelineExecutionException e) {
      if (e.getCause() instanceof ConflictException) {
        return false;
      }
      throw e;
    }
  }

  private void merge(int batch) {
    List<TableRow> rows = new ArrayList<>();
    for (String key : mergedKeys(writer, batch)) {
      rows.add(Rows.put(TABLE, SCHEMA, batch, key, writer));
    }
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows().to(lake).withTables(List.of(SPEC)).withTransaction(writer, batch));
    pipeline.run().waitUntilFinish();
  }

  /** The keys of a batch that this writer alone brings. */
  private static List<String> keys(String writer, int batch) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      keys.add(writer + "-" + batch + "-" + i);
    }
    return keys;
  }

  private static List<String> mergedKeys(String writer, int batch) {
    List<String> keys = keys(writer, batch);
    keys.addAll(keys("all", batch));
    return keys;
  }

  /** The keys that a table holds after all writers are through, each once; sorted. */
  public static List<String> expectedKeys(List<String> writers, int batches) {
    List<String> keys = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      for (String writer : writers) {
        keys.addAll(keys(writer, batch));
      }
      if (batch % 2 == 1) {
        keys.addAll(keys("all", batch));
      }
    }
    keys.sort(null);
    return keys;
  }

  /** The keys of the table's rows as they are; sorted. */
  public static List<String> storedKeys(String lake) {
    return Rows.read(DeltaTable.of(lake, TABLE).latest(), "key").stream()
        .map(row -> row.substring(1, row.length() - 1))
        .sorted()
        .toList();
  }

  /** The latest version: one for each batch of each writer, if nothing was written twice. */
  public static long storedVersion(String lake) {
    return DeltaTable.of(lake, TABLE).latest().version();
  }
}
