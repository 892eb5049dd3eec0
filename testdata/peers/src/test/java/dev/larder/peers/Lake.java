package dev.larder.peers;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;

/** A lake written and read by Larder alone. */
final class Lake {
  private final Path root;
  private long batch;

  Lake(Path root) {
    this.root = root;
  }

  Path table(String name) {
    return root.resolve(name);
  }

  DeltaSnapshot latest(String table) {
    return DeltaTable.of(root.toString(), table).latest();
  }

  /** All rows of the latest version, in its own columns. */
  List<Object[]> rows(String table) {
    try (RowIterator rows = latest(table).rows()) {
      List<Object[]> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      return all;
    }
  }

  void append(TableRow... rows) {
    Pipeline pipeline = pipeline();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(DeltaIO.writeRows().to(root.toString()).withTransaction("peers", batch++));
    pipeline.run().waitUntilFinish();
  }

  void load(TableSpec spec, Collection<TableRow> rows) {
    Pipeline pipeline = pipeline();
    pipeline
        .apply(Create.of(List.copyOf(rows)).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows()
                .to(root.toString())
                .withTables(List.of(spec))
                .withTransaction("peers", batch++));
    pipeline.run().waitUntilFinish();
  }

  private static Pipeline pipeline() {
    DirectOptions options =
        PipelineOptionsFactory.fromArgs("--targetParallelism=2").as(DirectOptions.class);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return Pipeline.create(options);
  }

  static TableRow put(String table, RowSchema schema, long order, Object... values) {
    return TableRow.put(table, schema, values, seq(order));
  }

  static Sequence seq(long order) {
    return new Sequence(1, order, 0);
  }

  /** Rows as sorted text: two tables are equal if their texts are. */
  static List<String> texts(Collection<Object[]> rows) {
    return rows.stream().map(Arrays::deepToString).sorted().toList();
  }
}
