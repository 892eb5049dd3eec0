package dev.larder.pipelines.run;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;

/**
 * Merges a few rows into tables that are thrown away, so that the JVM has loaded the classes of a
 * merge when it ends: {@code bin/larder} archives them ({@code -XX:ArchiveClassesAtExit}) and
 * starts every later JVM from there. Arguments are options of the runner.
 *
 * <p><b>Cost</b>: 5 to 20 seconds of CPU, once for a build.
 */
public final class ClassDataTraining {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("hashdiff", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("number", ColumnType.INT),
          Column.nullable("amount", ColumnType.decimal(12, 2)),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final List<String> KEY = List.of("hk");
  private static final List<String> COMPARED = List.of("hashdiff");
  private static final List<TableSpec> TABLES =
      List.of(
          table("vault/hub", new LoadRule.InsertIfAbsent(KEY)),
          table("vault/sat", new LoadRule.InsertIfChanged(KEY, "from", COMPARED)),
          table(
              "vault/history",
              new LoadRule.Scd2(KEY, COMPARED, "from", "to", "current", 1L << 60)));
  private static final int BATCHES = 2;

  private ClassDataTraining() {}

  public static void main(String[] args) throws IOException {
    PipelineOptions options = PipelineOptionsFactory.fromArgs(args).create();
    Path lake = Files.createTempDirectory("larder-classes");
    try {
      for (int batch = 0; batch < BATCHES; batch++) {
        merge(options, lake.toString(), batch);
      }
    } finally {
      delete(lake);
    }
  }

  private static TableSpec table(String name, LoadRule rule) {
    return new TableSpec(name, SCHEMA, rule, 1, Map.of());
  }

  private static void merge(PipelineOptions options, String lake, int batch) {
    List<TableRow> rows = TABLES.stream().map(table -> row(table.name(), batch)).toList();
    Pipelines.run(
        options,
        pipeline ->
            pipeline
                .apply("Rows", Create.of(rows).withCoder(TableRowCoder.of()))
                .apply(
                    "Merge",
                    DeltaIO.mergeRows()
                        .to(lake)
                        .withTables(TABLES)
                        .withTransaction("training", batch)));
  }

  private static TableRow row(String table, int batch) {
    Object[] values = {
      new byte[] {1}, new byte[] {(byte) batch}, "name", 1L, null, (long) batch, null, null
    };
    return TableRow.put(table, SCHEMA, values, new Sequence(1, batch, 0));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
