package dev.larder.pipelines.specs;

import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.transforms.vault.LoadVault;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * A lake with a vault for each spec, in a folder of its own. All specs are loaded together: one
 * pipeline for their first batches, one for their second ones, and so on.
 */
final class SpecLake {
  private final String lake;
  private final List<Spec> specs;

  SpecLake(String lake, List<Spec> specs) {
    this.lake = lake;
    this.specs = specs;
  }

  static String folder(int spec) {
    return String.format("s%03d/", spec);
  }

  void load() {
    int batches = specs.stream().mapToInt(spec -> spec.batches().size()).max().orElse(0);
    for (int batch = 0; batch < batches; batch++) {
      load(batch);
    }
  }

  private void load(int batch) {
    // what these check on every element, LoadVaultTest has checked
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--enforceImmutability=false", "--enforceEncodability=false")
                .create());
    List<TableSpec> tables = new ArrayList<>();
    PCollectionList<TableRow> rows = PCollectionList.empty(pipeline);
    PCollectionList<TableRow> letters = PCollectionList.empty(pipeline);
    for (int i = 0; i < specs.size(); i++) {
      Spec spec = specs.get(i);
      if (batch < spec.batches().size()) {
        Spec.Batch loaded = spec.batches().get(batch);
        VaultTables vault = VaultTables.of(spec.model(), loaded.catalogue(), 2);
        for (TableSpec table : vault.specs()) {
          tables.add(named(table, folder(i) + table.name()));
        }
        PCollectionTuple staged =
            pipeline
                .apply(
                    "Changes " + i, Create.of(loaded.changes()).withCoder(ChangeRecordCoder.of()))
                .apply("Load vault " + i, LoadVault.into(vault));
        rows = rows.and(moved("Rows " + i, staged.get(LoadVault.ROWS), folder(i)));
        letters = letters.and(moved("Letters " + i, staged.get(LoadVault.DEAD_LETTERS), folder(i)));
      }
    }
    DeltaTables.create(lake, tables);
    rows.apply("Together", Flatten.pCollections())
        .setCoder(TableRowCoder.of())
        .apply(
            "Write",
            DeltaIO.mergeRows().to(lake).withTables(tables).withTransaction("spec", batch));
    letters
        .apply("Letters together", Flatten.pCollections())
        .setCoder(TableRowCoder.of())
        .apply("Write letters", DeltaIO.writeRows().to(lake).withTransaction("spec", batch));
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<TableRow> moved(
      String step, PCollection<TableRow> rows, String folder) {
    return rows.apply(step, MapElements.via(new Moved(folder))).setCoder(TableRowCoder.of());
  }

  /** Brings rows into a spec's folder. */
  private static final class Moved extends SimpleFunction<TableRow, TableRow> {
    private static final long serialVersionUID = 1L;
    private final String folder;

    Moved(String folder) {
      this.folder = folder;
    }

    @Override
    public TableRow apply(TableRow row) {
      return new TableRow(
          folder + row.table(), row.schema(), row.values(), row.order(), row.change());
    }
  }

  private static TableSpec named(TableSpec table, String name) {
    return new TableSpec(name, table.schema(), table.rule(), table.buckets(), table.properties());
  }

  /** Why changes of a spec were rejected. */
  List<String> reasons(int spec) {
    List<String> reasons = new ArrayList<>();
    DeltaTable letters = DeltaTable.of(lake, folder(spec) + DeadLetter.TABLE);
    if (letters.exists()) {
      try (RowIterator rows = letters.latest().rows(List.of("reason"))) {
        rows.forEachRemaining(row -> reasons.add((String) row[0]));
      }
    }
    return reasons;
  }

  /** The lake that a spec has for itself. */
  String folderOf(int spec) {
    return lake + "/" + folder(spec);
  }

  VaultTables vault(int spec) {
    Spec shown = specs.get(spec);
    return VaultTables.of(shown.model(), shown.last().catalogue(), 2);
  }

  VaultRows rows(int spec) {
    return new VaultRows(folderOf(spec), specs.get(spec).model(), vault(spec));
  }
}
