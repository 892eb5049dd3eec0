package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.MergeRows;
import dev.larder.transforms.bronze.EachChange;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.GhostRecords;
import dev.larder.transforms.vault.LatePolicies;
import dev.larder.transforms.vault.LoadVault;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/** The vault of a lake: its tables, and the one way changes take into them on every branch. */
final class VaultLake {
  /** At the least; new tables get more where bronze holds much for them: {@link BucketCounts}. */
  private static final int BUCKETS = 1;

  /** Who adds ghost records: once to each table. */
  private static final String GHOSTS = "larder-ghosts";

  private final String lake;
  private final VaultTables tables;

  private VaultLake(String lake, VaultTables tables) {
    this.lake = lake;
    this.tables = tables;
  }

  /**
   * Creates the tables that the lake does not have yet, and the ghost records that they lack.
   *
   * @throws dev.larder.io.changes.UserException if a table holds other hashes than the model asks
   *     for
   */
  static VaultLake create(String lake, VaultModel model, Map<TableId, TableSchema> catalogue) {
    VaultTables tables = VaultTables.of(model, catalogue, BUCKETS);
    VaultPlan.of(lake, tables).orThrow().apply();
    for (TableRow ghost : GhostRecords.of(tables)) {
      DeltaTable.of(lake, ghost.table())
          .append(ghost.schema(), List.<Object[]>of(ghost.values()).iterator(), GHOSTS, 0);
    }
    return new VaultLake(lake, tables);
  }

  VaultTables tables() {
    return tables;
  }

  /**
   * Merges rows of the vault's tables by their rules, and appends those of others: bronze, dead
   * letters.
   *
   * @param maker makes the rows of the elements, where they are written
   * @param application who loads, see {@link dev.larder.io.delta.MergeRows#withTransaction}
   */
  <T> void write(PCollection<T> elements, RowMaker<T> maker, String application, long batch) {
    elements.apply("Write lake", sink(tables.specs(), application, batch).made(maker));
  }

  /**
   * Loads changes into the vault, and the letters of those that could not be into {@link
   * DeadLetter#TABLE}, at a hand-over. Transactions of tables that are live are held against the
   * keys that are there: a later snapshot brings every event once more.
   */
  void load(PCollection<ChangeRecord> changes, String application, long batch, Set<TableId> live) {
    load(changes, beside(live), application, batch);
  }

  /** The same for groups of changes, which are read where their rows are made. */
  void loadGroups(
      PCollection<TableChanges> groups, String application, long batch, Set<TableId> live) {
    loadGroups(groups, beside(live), application, batch);
  }

  private List<TableSpec> beside(Set<TableId> live) {
    return tables.tables().stream()
        .map(table -> isFedBy(table, live) ? absent(table, table.key()) : table.spec())
        .toList();
  }

  /**
   * The same for changes that the vault may have already. What is else appended whatever is there
   * is held against the events that are there, by key and sequence.
   */
  void backfill(PCollection<ChangeRecord> changes, String application, long batch) {
    load(changes, repeatable(), application, batch);
  }

  /** The same for groups of changes, which are read where their rows are made. */
  void backfillGroups(PCollection<TableChanges> groups, String application, long batch) {
    loadGroups(groups, repeatable(), application, batch);
  }

  private List<TableSpec> repeatable() {
    return tables.tables().stream()
        .map(
            table -> {
              List<String> event = new ArrayList<>(table.key());
              event.add(VaultNames.SEQUENCE);
              return absent(table, event);
            })
        .toList();
  }

  /**
   * The same; letters of what could not be loaded are given back and not written.
   *
   * @param released places of changes that are loaded also where they come late
   */
  PCollection<TableRow> backfillGivingLetters(
      PCollection<ChangeRecord> changes,
      Collection<String> released,
      String application,
      long batch) {
    PCollectionTuple loaded =
        changes.apply("Load vault", LoadVault.into(tables).with(latePolicies(released)));
    write(loaded.get(LoadVault.ROWS), repeatable(), application, batch);
    return loaded.get(LoadVault.DEAD_LETTERS);
  }

  /**
   * How late rows of a load are told: from what this lake has.
   *
   * @param released places of changes that are loaded also where they come late
   */
  LatePolicies latePolicies(Collection<String> released) {
    String from = lake;
    return LatePolicies.of(
        (pipeline, table, columns) ->
            pipeline.apply(
                "Stored: " + table, DeltaIO.readRows().from(from, table).withColumns(columns)),
        released);
  }

  private boolean isFedBy(VaultTable table, Set<TableId> sources) {
    return sources.stream()
        .map(tables.model().tables()::get)
        .filter(Objects::nonNull) // the model may have lost a table since
        .flatMap(source -> source.links().stream())
        .anyMatch(link -> VaultNames.link(link.link()).equals(table.name()));
  }

  /** What would be appended whatever is there is added only if its key is absent. */
  private static TableSpec absent(VaultTable table, List<String> key) {
    TableSpec spec = table.spec();
    return spec.rule() instanceof LoadRule.Append
        ? new TableSpec(
            spec.name(),
            spec.schema(),
            new LoadRule.InsertIfAbsent(key),
            spec.buckets(),
            spec.properties())
        : spec;
  }

  private void loadGroups(
      PCollection<TableChanges> groups, List<TableSpec> specs, String application, long batch) {
    LoadVault load = LoadVault.into(tables);
    if (load.isOneStep()) {
      groups.apply(
          "Load vault", sink(specs, application, batch).made(RowMaker.ofGroups(load.rows())));
    } else {
      load(groups.apply("Changes", EachChange.ofGroups()), specs, application, batch);
    }
  }

  private void load(
      PCollection<ChangeRecord> changes, List<TableSpec> specs, String application, long batch) {
    write(
        changes.apply(
            "Load vault",
            LoadVault.into(tables).with(latePolicies(new DeadLetters(lake).released())).together()),
        specs,
        application,
        batch);
  }

  private void write(
      PCollection<TableRow> rows, List<TableSpec> specs, String application, long batch) {
    rows.apply("Write lake", sink(specs, application, batch));
  }

  private MergeRows sink(List<TableSpec> specs, String application, long batch) {
    return DeltaIO.mergeRows()
        .to(lake)
        .withTables(specs)
        .appendingOthers()
        .withSchemaPolicy(SchemaPolicy.WIDEN)
        .withTransaction(application, batch);
  }
}
