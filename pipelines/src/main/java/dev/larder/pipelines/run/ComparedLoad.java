package dev.larder.pipelines.run;

import static dev.larder.transforms.bronze.MetricNames.ROWS_MISSING;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.transforms.bronze.KeepChanges;
import dev.larder.transforms.bronze.MissingRows;
import dev.larder.transforms.bronze.MissingRows.Deleted;
import dev.larder.transforms.bronze.ReadChanges;
import dev.larder.transforms.model.SourceTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Loads the vault with a full read that is joined to no log (docs/adr/0014): its rows as they are,
 * and a delete of each row that the read before it had and it has not, for tables of which the
 * model says {@code extract: full}. Bronze keeps the deletes beside the rows.
 *
 * <p>It may be run again: what is committed is not loaded twice.
 */
final class ComparedLoad {
  private static final String TRANSACTION = "compare";

  private final PipelineOptions options;
  private final String lake;
  private final Console console;

  ComparedLoad(PipelineOptions options, String lake, Console console) {
    this.options = options;
    this.lake = lake;
    this.console = console;
  }

  /** Returns the rows that were found to be gone. */
  long run(Ledger ledger, long number, VaultLake vault) {
    SnapshotEntry plan = SnapshotEntry.fromJson(ledger.planOf(Ledger.SNAPSHOT, number));
    TreeMap<TableId, Sequence> now = starts(plan);
    TreeMap<TableId, Sequence> before = before(ledger, number, plan, vault);
    TreeMap<TableId, Deleted> deleted = new TreeMap<>();
    before
        .keySet()
        .forEach(
            table -> {
              BinlogPosition at = plan.positions().get(table.source());
              deleted.put(table, new Deleted(new Sequence(0, at.position(), 0), at.recordedAt()));
            });
    List<TableSchema> tables =
        vault.tables().sources().stream().filter(table -> now.containsKey(table.id())).toList();
    Set<TableId> live = HandOver.live(ledger);
    Pipelines run =
        Pipelines.run(
            options,
            pipeline -> {
              PCollection<ChangeRecord> rows = read(pipeline, "Rows", tables, now);
              PCollection<ChangeRecord> gone =
                  before.isEmpty()
                      ? null
                      : read(pipeline, "Rows before", tables, before)
                          .apply(
                              "Rows that are gone",
                              MissingRows.in(
                                  read(pipeline, "Rows to look in", tables, among(now, before)),
                                  deleted));
              PCollectionList<ChangeRecord> changes = PCollectionList.of(rows);
              vault.load(
                  (gone == null ? changes : changes.and(gone))
                      .apply("All changes", Flatten.pCollections()),
                  TRANSACTION,
                  number,
                  live);
              if (gone != null) {
                gone.apply("Keep deletes", KeepChanges.asRows())
                    .apply(
                        "Write deletes",
                        DeltaIO.writeRows().to(lake).withTransaction(TRANSACTION, number));
              }
            });
    return run.counter(ROWS_MISSING);
  }

  private PCollection<ChangeRecord> read(
      Pipeline pipeline, String name, List<TableSchema> tables, TreeMap<TableId, Sequence> starts) {
    TreeMap<TableId, Sequence> wanted = new TreeMap<>(starts);
    Filter rows =
        Bronze.isFrom(Origin.SNAPSHOT)
            .and(
                Filter.isIn(
                    Bronze.SEQUENCE,
                    starts.values().stream().map(Sequence::text).collect(Collectors.toSet())));
    return pipeline
        .apply(
            name + ": read bronze",
            DeltaIO.readRows().from(lake, Bronze.names(starts.keySet())).where(rows))
        .apply(name + ": as changes", ReadChanges.of(tables))
        .apply(
            name + ": of the read",
            org.apache.beam.sdk.transforms.Filter.by(
                change ->
                    change.operation() == Operation.READ
                        && change.sequence().equals(wanted.get(change.table().id()))));
  }

  private static TreeMap<TableId, Sequence> starts(SnapshotEntry plan) {
    TreeMap<TableId, Sequence> starts = new TreeMap<>();
    plan.ids().forEach(id -> starts.put(id, plan.positions().get(id.source()).sequence()));
    return starts;
  }

  private static TreeMap<TableId, Sequence> among(
      Map<TableId, Sequence> starts, Map<TableId, Sequence> tables) {
    TreeMap<TableId, Sequence> among = new TreeMap<>(starts);
    among.keySet().retainAll(tables.keySet());
    return among;
  }

  /** The read before this one of each table whose missing rows are gone. */
  private TreeMap<TableId, Sequence> before(
      Ledger ledger, long number, SnapshotEntry plan, VaultLake vault) {
    TreeMap<TableId, Sequence> before = new TreeMap<>();
    ledger.entries(Ledger.SNAPSHOT).stream()
        .filter(line -> line.state() == State.DONE && line.number() < number)
        .forEach(line -> before.putAll(starts(SnapshotEntry.fromJson(line.body()))));
    before.keySet().retainAll(plan.ids());
    List<TableId> kept =
        before.keySet().stream()
            .filter(
                table ->
                    vault.tables().model().tables().get(table).extract()
                        != SourceTable.Extract.FULL)
            .toList();
    if (!kept.isEmpty()) {
      console.line(
          "Rows that are gone from %s are kept: the model does not say `extract: full` there.",
          kept.stream().map(TableId::toString).collect(Collectors.joining(", ")));
    }
    kept.forEach(before::remove);
    return before;
  }
}
