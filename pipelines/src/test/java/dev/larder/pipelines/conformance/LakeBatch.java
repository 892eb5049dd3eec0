package dev.larder.pipelines.conformance;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.Replacement;
import dev.larder.io.delta.WriteRows;
import dev.larder.pipelines.conformance.ConformanceCase.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** What all cases load at one time: one pipeline, one commit for each table. */
final class LakeBatch {
  private static final String APPLICATION = "conformance";

  private final String lake;
  private final long number;
  private final List<TableLoad> loads = new ArrayList<>();
  private final Map<String, SnapshotTable> built = new LinkedHashMap<>();
  private final Map<String, List<String>> sources = new LinkedHashMap<>();

  LakeBatch(String lake, long number) {
    this.lake = lake;
    this.number = number;
  }

  /** Adds what a load means. */
  void add(CaseRun run, Load load) {
    if (!run.isBuilt(load)) {
      loads.add(run.translate(load));
      return;
    }
    SnapshotTable table = run.built(load);
    built.put(run.path(load.model()), table);
    sources.put(
        run.path(load.model()),
        table.sources().stream()
            .map(run::path)
            .filter(path -> DeltaTable.of(lake, path).exists())
            .toList());
  }

  void run() {
    List<TableSpec> specs = loads.stream().map(TableLoad::spec).toList();
    DeltaTables.create(lake, specs);
    List<TableRow> rows = loads.stream().flatMap(load -> load.rows().stream()).toList();
    if (rows.isEmpty() && built.isEmpty()) {
      return;
    }
    Pipeline pipeline = Pipeline.create(options());
    if (!rows.isEmpty()) {
      pipeline
          .apply("Staged rows", Create.of(rows).withCoder(TableRowCoder.of()))
          .apply(
              "Merge",
              DeltaIO.mergeRows().to(lake).withTables(specs).withTransaction(APPLICATION, number));
    }
    if (!built.isEmpty()) {
      built(pipeline).apply("Replace", replacing().groups());
    }
    pipeline.run().waitUntilFinish();
  }

  private PCollection<TableRows> built(Pipeline pipeline) {
    List<PCollection<TableRows>> all = new ArrayList<>();
    built.forEach(
        (path, table) ->
            all.add(
                pipeline
                    .apply(
                        "Read for " + path,
                        DeltaIO.readRows().from(lake, sources.get(path)).groups())
                    .apply("Build " + path, table.build())));
    return PCollectionList.of(all).apply("All rows", Flatten.pCollections());
  }

  /** What is built takes the place of what was there. */
  private WriteRows replacing() {
    List<TableSpec> specs = new ArrayList<>();
    built.forEach(
        (path, table) ->
            specs.add(new TableSpec(path, table.schema(), new LoadRule.Append(), 1, Map.of())));
    WriteRows write =
        DeltaIO.writeRows().to(lake).withTables(specs).withTransaction(APPLICATION, number);
    for (String path : built.keySet()) {
      long version = DeltaTable.of(lake, path).find().map(DeltaSnapshot::version).orElse(-1L);
      write = write.replacing(path, Replacement.ofEverything(version, Map.of()));
    }
    return write;
  }

  private static DirectOptions options() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(2);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return options;
  }
}
