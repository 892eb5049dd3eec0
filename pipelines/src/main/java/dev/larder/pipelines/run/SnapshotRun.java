package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.RangePlanner;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.pipelines.options.SnapshotOptions;
import dev.larder.transforms.vault.VaultTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The snapshot branch: tables, read in ranges side by side, into bronze (docs/adr/0003).
 *
 * <ol>
 *   <li>P0, where each source's log stands, is recorded and planned in the ledger;
 *   <li>the connectors are told to begin there;
 *   <li>the ranges are read into bronze, one commit a table;
 *   <li>P1, where the log stands then, is recorded: the hand-over waits until the stream has passed
 *       it.
 * </ol>
 *
 * A snapshot that was interrupted is read again from the same P0; tables that were committed stay
 * as they are.
 */
public final class SnapshotRun {
  private static final String TRANSACTION = "snapshot";

  private final SnapshotOptions options;
  private final Sources sources;
  private final Console console;

  public SnapshotRun(SnapshotOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
  }

  public void run(RunReport report) {
    Map<TableId, TableSchema> catalogue = sources.catalogue();
    VaultPlan.of(options.getLake(), VaultTables.of(sources.model(), catalogue, 1)).orThrow();
    Ledger ledger = Ledger.open(options.getLake());
    LedgerEntry unfinished = ledger.unfinished(Ledger.SNAPSHOT).orElse(null);
    long number;
    SnapshotEntry plan;
    if (unfinished == null) {
      number = ledger.last(Ledger.SNAPSHOT, LedgerEntry.State.DONE) + 1;
      List<TableId> tables = Sources.tables(sources.model(), options);
      plan = SnapshotEntry.of(tables, sources.positions());
      ledger.planned(Ledger.SNAPSHOT, number, plan.toJson());
    } else {
      number = unfinished.number();
      plan = SnapshotEntry.fromJson(unfinished.body());
      console.line("Snapshot %d was not finished; it goes on from where it began.", number);
    }
    new Connectors(options, sources).seed(plan.positions(), console);
    long rows = read(number, plan, report);
    Map<String, BinlogPosition> ends = sources.positions();
    ledger.done(Ledger.SNAPSHOT, number, new SnapshotEntry(plan.tables(), ends).toJson());
    report.put("snapshot", number).put("rows", rows);
  }

  private long read(long number, SnapshotEntry plan, RunReport report) {
    List<TablePlan> tables =
        sources.plan(
            plan.ids(),
            plan.positions(),
            RangePlanner.withDefaults().withRowsPerRange(options.getRangeRows()));
    tables.forEach(table -> table.warning().ifPresent(note -> console.line("Note: %s", note)));
    console.step(
        "Snapshot %d: %d tables in %d ranges, about %,d rows",
        number,
        tables.size(),
        tables.stream().mapToInt(table -> table.ranges().size()).sum(),
        tables.stream().mapToLong(TablePlan::estimatedRows).sum());
    long start = System.nanoTime();
    long rows =
        new TableReader(sources, options.getFetchSize(), options.getMaxConnections(), console)
            .read(options, tables, options.getLake(), TRANSACTION, number);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    console.step("Snapshot %d: %,d rows in bronze, %s", number, rows, Rate.of(rows, took));
    report.put("rows_per_second", Rate.perSecond(rows, took));
    return rows;
  }
}
