package dev.larder.pipelines.run;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.BrakeLimits;
import dev.larder.io.jdbc.RangePlanner;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.pipelines.ledger.SnapshotPlan;
import dev.larder.pipelines.ledger.TableTotals;
import dev.larder.pipelines.options.SnapshotOptions;
import dev.larder.transforms.vault.VaultTables;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The snapshot branch: tables, read in ranges side by side, into bronze (docs/adr/0003, 0013).
 *
 * <ol>
 *   <li>P0, where each source's log stands, is recorded; the ranges are planned; both are written
 *       to the ledger;
 *   <li>the connectors are told to begin there;
 *   <li>the ranges are read into bronze, {@linkplain SnapshotReading wave by wave};
 *   <li>P1, where the log stands then, is recorded: the hand-over waits until the stream has passed
 *       it.
 * </ol>
 *
 * A snapshot that was interrupted goes on from the same P0 with the same ranges.
 */
public final class SnapshotRun {
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
    long number = begin(ledger);
    ComparedRead compared = new ComparedRead(options, console, ledger, number);
    SnapshotReading reading =
        new SnapshotReading(options, sources, console, ledger, number, compared.place());
    SnapshotPlan plan = reading.plan();
    Connectors connectors = new Connectors(options, sources);
    SnapshotChecks checks = new SnapshotChecks(options.getLake(), sources, connectors, plan);
    checks.requireSame();
    if (plan.positions().values().stream().anyMatch(BinlogPosition::hasLog)) {
      checks.followedFrom(follow(connectors, plan, reading.rangesDone() == 0));
    }
    Map<TableId, TableTotals> totals = toBronze(number, reading, checks, report);
    Map<String, BinlogPosition> ends = checks.requireSame();
    if (compared.isIt()) {
      compared.load(VaultLake.create(options.getLake(), sources.model(), catalogue), report);
    }
    ledger.done(Ledger.SNAPSHOT, number, SnapshotEntry.of(plan.ids(), ends).toJson());
    if (compared.isIt()) {
      compared.handedOver();
    }
    report(report, plan, ends, totals);
  }

  /** Reads what is still to be read, and says how much and how fast. */
  private Map<TableId, TableTotals> toBronze(
      long number, SnapshotReading reading, SnapshotChecks checks, RunReport report) {
    SnapshotPlan plan = reading.plan();
    console.step(
        "Snapshot %d: %d tables in %d ranges, about %,d rows%s",
        number,
        plan.tables().size(),
        plan.ranges().size(),
        plan.estimatedRows(),
        reading.rangesDone() == 0 ? "" : "; " + reading.rangesDone() + " ranges are read");
    long start = System.nanoTime();
    long before = reading.rowsDone();
    Map<TableId, TableTotals> totals = read(reading, checks);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long rows = reading.rowsDone();
    console.step(
        "Snapshot %d: %,d rows %s, %s",
        number, rows, reading.outcome(), Rate.of(rows - before, took));
    report
        .put("snapshot", number)
        .put("rows", rows)
        .put("rows_per_second", Rate.perSecond(rows - before, took));
    return totals;
  }

  /**
   * Has the logs followed from P0 on.
   *
   * @return sources whose log somebody began to follow since P0
   */
  private Collection<String> follow(Connectors connectors, SnapshotPlan plan, boolean isNew) {
    Collection<String> started = connectors.seed(plan.positions(), console);
    if (options.getOffsetsDir() != null) {
      connectors.writeOffsets(options.getOffsetsDir(), plan.positions(), console);
    }
    // An earlier process may have started them and died before it looked.
    return options.getConnect() != null && isNew ? plan.positions().keySet() : started;
  }

  private static Map<TableId, TableTotals> read(SnapshotReading reading, SnapshotChecks checks) {
    try {
      return reading.read(checks::requireSame);
    } catch (SourceException e) {
      // If the cause is that the source has changed, that is what must be said.
      try {
        checks.requireSame();
      } catch (LarderException why) {
        why.addSuppressed(e);
        throw why;
      }
      throw e;
    }
  }

  /** The snapshot that is to be read: the one that was not finished, or a new one. */
  private long begin(Ledger ledger) {
    LedgerEntry unfinished = ledger.unfinished(Ledger.SNAPSHOT).orElse(null);
    if (unfinished != null && options.getAnew()) {
      ledger.givenUp(Ledger.SNAPSHOT, unfinished.number());
      console.line("Snapshot %d is given up; another one begins.", unfinished.number());
    } else if (unfinished != null) {
      console.line(
          "Snapshot %d was not finished; it goes on where it stopped, with its own tables and"
              + " ranges. (--anew=true begins another one.)",
          unfinished.number());
      return unfinished.number();
    }
    List<TableId> tables = Sources.tables(sources.model(), options);
    SnapshotChecks.requireFit(sources, tables, needed());
    sources.all().forEach(source -> BrakeLimits.check(source, SnapshotReading.brake(options)));
    long number = ledger.last(Ledger.SNAPSHOT, State.PLANNED) + 1;
    SnapshotPlan plan = plan(ledger, number, tables);
    plan.tables()
        .forEach(table -> table.warning().ifPresent(note -> console.line("Note: %s", note)));
    ledger.planned(Ledger.SNAPSHOT, number, plan.toJson());
    return number;
  }

  private Predicate<String> needed() {
    if (options.getCompare()) {
      return SnapshotChecks.READ;
    }
    return options.getConnect() == null ? SnapshotChecks.RECORDED : SnapshotChecks.FOLLOWED;
  }

  private SnapshotPlan plan(Ledger ledger, long number, List<TableId> wanted) {
    Map<String, BinlogPosition> positions =
        options.getCompare()
            ? ComparedRead.positions(options.getLake(), sources, ledger, number)
            : SnapshotStart.positions(options.getPosition(), sources, ledger);
    List<TablePlan> tables =
        sources.plan(
            wanted,
            positions,
            RangePlanner.withDefaults().withRowsPerRange(options.getRangeRows()));
    return new SnapshotPlan(tables, positions);
  }

  private static void report(
      RunReport report,
      SnapshotPlan plan,
      Map<String, BinlogPosition> ends,
      Map<TableId, TableTotals> totals) {
    for (TableId table : plan.ids()) {
      TableTotals read = totals.getOrDefault(table, TableTotals.NONE);
      report
          .add("tables")
          .put("table", table.toString())
          .put("rows", read.rows())
          .put("bytes", read.bytes())
          .put("seconds", read.millis() / 1000.0)
          .put("checksum", read.checksumText())
          .put("p0", place(plan.positions().get(table.source())))
          .put("p1", place(ends.get(table.source())));
    }
  }

  private static String place(BinlogPosition position) {
    return position.file() + ":" + position.position();
  }
}
