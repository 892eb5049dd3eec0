package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.options.RehashOptions;
import dev.larder.transforms.bronze.EachChange;
import dev.larder.transforms.bronze.SnapshotWindow;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.plan.TableDifference;
import dev.larder.transforms.vault.MetricNames;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.values.PCollection;

/**
 * Tables of the vault, made anew from bronze with the hashes that the model asks for now.
 *
 * <ol>
 *   <li>the whole vault is loaded from bronze into a place of its own below {@code ops};
 *   <li>each table that was asked for and differs gets the rows, columns and properties of the one
 *       made there, in one commit; its old version stays in its history;
 *   <li>the place is emptied.
 * </ol>
 *
 * <p><b>Guarantees</b>: a run that was killed may be started again: tables that have their new
 * hashes are left as they are, what was left behind is emptied. Nothing is replaced if a table
 * changed meanwhile.
 *
 * <p><b>Errors</b>: {@link NotReadyException} while a batch or a hand-over is unfinished.
 */
public final class RehashRun {
  private static final String RUN = "rehash";

  private final RehashOptions options;
  private final VaultModel model;
  private final Console console;

  public RehashRun(RehashOptions options, VaultModel model, Console console) {
    this.options = options;
    this.model = model;
    this.console = console;
  }

  public void run(RunReport report) {
    String lake = options.getLake();
    Ledger ledger = Ledger.open(lake);
    requireQuiet(ledger);
    Map<TableId, TableSchema> catalogue = Bronze.catalogue(lake, model);
    VaultTables tables = VaultTables.of(model, catalogue, 1);
    StagedLake.clear(lake);
    List<String> wanted = wanted(VaultPlan.of(lake, tables));
    report.put("tables", wanted.size());
    if (wanted.isEmpty()) {
      console.line("Every table has the hashes that the model asks for.");
      return;
    }
    Map<String, Long> versions = new LinkedHashMap<>();
    wanted.forEach(name -> versions.put(name, DeltaTable.of(lake, name).latest().version()));
    TreeMap<TableId, SnapshotWindow> windows =
        BackfillRun.windows(ledger, List.copyOf(model.tables().keySet()));
    StagedLake staged = StagedLake.below(lake);
    console.step("Rehash: %d tables from bronze", wanted.size());
    load(staged.path(), catalogue, windows);
    for (String name : wanted) {
      long version =
          DeltaTable.of(lake, name)
              .replaceBy(DeltaTable.of(staged.path(), name), versions.get(name));
      console.step("%s has its new hashes in version %d", name, version);
    }
    StagedLake.clear(lake);
    VaultPlan.of(lake, tables)
        .refused()
        .forEach(left -> console.line("%s still differs: name it too, or --all.", left.table()));
  }

  private void load(
      String lake, Map<TableId, TableSchema> catalogue, TreeMap<TableId, SnapshotWindow> windows) {
    VaultLake vault = VaultLake.create(lake, model, catalogue);
    List<TableSchema> sources = windows.keySet().stream().map(catalogue::get).toList();
    Pipelines.run(
        options,
        pipeline -> {
          PCollection<ChangeRecord> changes =
              pipeline
                  .apply(
                      "History in bronze", new BronzeHistory(options.getLake(), sources, windows))
                  .apply("Changes", EachChange.ofGroups());
          // What cannot be loaded has its letter since it came first.
          vault.backfillGivingLetters(
              changes, new DeadLetters(options.getLake()).released(), RUN, 1);
        },
        progress -> console.progress("%,d rows staged", progress.counter(MetricNames.ROWS_STAGED)));
  }

  private static void requireQuiet(Ledger ledger) {
    for (String run : List.of(Ledger.STREAM, Ledger.HAND_OVER)) {
      ledger
          .unfinished(run)
          .ifPresent(
              entry -> {
                throw new NotReadyException(
                    String.format(
                        "The %s %d is not finished. Stop what loads this lake, or run `larder"
                            + " stream` with the model as it was, then rehash.",
                        run.equals(Ledger.STREAM) ? "stream's batch" : "hand-over of snapshot",
                        entry.number()));
              });
    }
  }

  private List<String> wanted(VaultPlan plan) {
    boolean isNamed = options.getTables() != null && !options.getTables().isEmpty();
    if (isNamed == options.getAll()) {
      throw new UserException(
          "Which tables? Give --tables=vault/NAME,... or --all, and not both. `larder plan --lake`"
              + " says which differ.");
    }
    List<String> differing = plan.refused().stream().map(TableDifference::table).toList();
    if (options.getAll()) {
      return differing;
    }
    List<String> named = LakeTableNames.matching(options.getLake(), options.getTables());
    List<String> wanted = named.stream().filter(differing::contains).toList();
    requireAllOfAKey(plan, wanted);
    return wanted;
  }

  /** A key in a hub and another in its satellite would not meet: they change together. */
  private static void requireAllOfAKey(VaultPlan plan, List<String> wanted) {
    boolean keysChange =
        plan.refused().stream()
            .anyMatch(table -> wanted.contains(table.table()) && table.changesKeys());
    List<String> missing = new ArrayList<>();
    plan.refused().stream()
        .filter(table -> table.changesKeys() && !wanted.contains(table.table()))
        .forEach(table -> missing.add(table.table()));
    if (keysChange && !missing.isEmpty()) {
      throw new UserException(
          "Keys change in these tables too, and they would not meet those that you named: "
              + String.join(", ", missing)
              + ". Name them as well, or give --all.");
    }
  }
}
