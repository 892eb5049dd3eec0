package dev.larder.pipelines.run;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.pipelines.ledger.SnapshotPlan;
import dev.larder.pipelines.options.LakeOptions;
import dev.larder.pipelines.run.ComparedLoad.Differences;
import dev.larder.transforms.bronze.ComparedTable;
import dev.larder.transforms.bronze.ComparedTable.Gone;
import dev.larder.transforms.bronze.ComparedTable.Unchanged;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is different in a snapshot that is joined to no log ({@code --compare}, docs/adr/0014): it
 * begins at the time of the source's clock, is compared with the reads before it, and loads the
 * vault as soon as all rows are read.
 */
final class ComparedRead {
  private static final String PREFIX = "ops/compared-";

  private final LakeOptions options;
  private final Console console;
  private final Ledger ledger;
  private final long number;
  private final SnapshotPlan plan;

  /** The earlier reads that the vault has, of tables that are read now; null if never asked for. */
  private SortedMap<Long, SnapshotEntry> before;

  ComparedRead(LakeOptions options, Console console, Ledger ledger, long number) {
    this.options = options;
    this.console = console;
    this.ledger = ledger;
    this.number = number;
    this.plan = SnapshotPlan.fromJson(ledger.planOf(Ledger.SNAPSHOT, number));
  }

  /** Whether the planned snapshot is one. */
  boolean isIt() {
    return plan.positions().values().stream().noneMatch(BinlogPosition::hasLog);
  }

  /**
   * The lake into whose bronze the rows are read: the lake itself, unless they are to be compared
   * first. What other reads have left there goes.
   */
  String place() {
    if (!isIt() || readsBefore().isEmpty()) {
      return options.getLake();
    }
    String folder = PREFIX + number;
    clear(name -> !name.startsWith(folder + "/"));
    return options.getLake() + "/" + folder;
  }

  private void clear(Predicate<String> which) {
    DeltaTables.names(options.getLake()).stream()
        .filter(name -> name.startsWith(PREFIX) && which.test(name))
        .forEach(name -> DeltaTables.drop(options.getLake(), name));
  }

  /** Oldest first. What is done is asked of the ledger once: no earlier read is done any more. */
  private SortedMap<Long, SnapshotEntry> readsBefore() {
    if (before == null) {
      before = new TreeMap<>();
      ledger.entries(Ledger.SNAPSHOT).stream()
          .filter(line -> line.state() == State.DONE && line.number() < number)
          .forEach(line -> before.put(line.number(), SnapshotEntry.fromJson(line.body())));
      before.values().removeIf(read -> Collections.disjoint(read.ids(), plan.ids()));
    }
    return before;
  }

  /**
   * The times of a new one, by source.
   *
   * @param number that the snapshot will have
   * @throws UserException if the lake follows logs
   * @throws NotReadyException if a source's clock stands before that of an earlier read
   */
  static Map<String, BinlogPosition> positions(
      String lake, Sources sources, Ledger ledger, long number) {
    Map<String, BinlogPosition> now = sources.positionsWithoutLog(number);
    ledger.entries(Ledger.SNAPSHOT).stream()
        .filter(line -> line.state() == State.DONE)
        .forEach(
            done ->
                SnapshotEntry.fromJson(done.body())
                    .positions()
                    .forEach(
                        (source, before) ->
                            requireAfter(lake, source, done, before, now.get(source))));
    return now;
  }

  /**
   * @param now null if the source is not read any more
   */
  private static void requireAfter(
      String lake, String source, LedgerEntry done, BinlogPosition before, BinlogPosition now) {
    if (before.hasLog()) {
      throw new UserException(
          String.format(
              "--compare: the lake %s follows the log of source %s since snapshot %d."
                  + " Leave the option out, or give a lake of its own: --lake=...",
              lake, source, done.number()));
    }
    if (now != null && now.recordedAt() <= before.recordedAt()) {
      throw new NotReadyException(
          String.format(
              "The clock of source %s says %s, which is not after %s, when snapshot %d"
                  + " was read: its rows would seem the older ones. Set the server's"
                  + " clock right and start again.",
              source,
              Values.instant(now.recordedAt()),
              Values.instant(before.recordedAt()),
              done.number()));
    }
  }

  /** Brings what is not as it was into bronze and the vault, and says so in the report. */
  void load(VaultLake vault, RunReport report) {
    TreeMap<TableId, Sequence> first = new TreeMap<>();
    TreeMap<TableId, Sequence> unloaded = starts(plan.ids());
    for (SnapshotEntry read : readsBefore().values()) {
      starts(read).forEach(first::putIfAbsent);
      starts(read).forEach((table, place) -> unloaded.replace(table, next(place)));
    }
    first.keySet().retainAll(plan.ids());
    ComparedLoad load = new ComparedLoad(options, options.getLake(), vault, Set.copyOf(plan.ids()));
    if (!first.isEmpty()) {
      TreeMap<TableId, ComparedTable> tables = compared(vault.tables().model(), first.keySet());
      Differences found = load.keep(number, place(), tables, first, plan.estimatedRows());
      console.step(
          "Snapshot %d: since the one before %,d rows are new, %,d changed, %,d are gone",
          number, found.added(), found.changed(), found.gone());
      report
          .put("rows_new", found.added())
          .put("rows_changed", found.changed())
          .put("rows_gone", found.gone());
    }
    load.load(number, unloaded, HandOver.live(ledger));
    console.step("Snapshot %d: the vault has it", number);
  }

  private TreeMap<TableId, Sequence> starts(Collection<TableId> tables) {
    TreeMap<TableId, Sequence> starts = new TreeMap<>();
    tables.forEach(id -> starts.put(id, plan.positions().get(id.source()).sequence()));
    return starts;
  }

  private static TreeMap<TableId, Sequence> starts(SnapshotEntry read) {
    TreeMap<TableId, Sequence> starts = new TreeMap<>();
    read.ids().forEach(id -> starts.put(id, read.positions().get(id.source()).sequence()));
    return starts;
  }

  /** Where what follows a read begins. */
  private static Sequence next(Sequence read) {
    return new Sequence(read.file(), read.position() + 1, 0);
  }

  /**
   * @param known tables that were read before
   */
  private TreeMap<TableId, ComparedTable> compared(VaultModel model, Set<TableId> known) {
    TreeMap<TableId, ComparedTable> compared = new TreeMap<>();
    List<String> kept = new ArrayList<>();
    for (TableId id : plan.ids()) {
      SourceTable table = model.tables().get(id);
      BinlogPosition at = plan.positions().get(id.source());
      boolean isFull = table.extract() == SourceTable.Extract.FULL;
      if (!isFull && known.contains(id)) {
        kept.add(id.toString());
      }
      compared.put(
          id,
          new ComparedTable(
              at.sequence(),
              at.recordedAt(),
              isFull ? Gone.DELETED : Gone.KEPT,
              table.needsWholeReads() || !known.contains(id)
                  ? Unchanged.LOADED
                  : Unchanged.LEFT_OUT));
    }
    if (!kept.isEmpty()) {
      console.line(
          "Rows that are gone from %s are kept: the model does not say `extract: full` there.",
          String.join(", ", kept));
    }
    return compared;
  }

  /**
   * Behind the snapshot's last line in the ledger: there is no log to hand over to. A read before
   * it, whose process died there, is made up for.
   */
  void handedOver() {
    List<Long> reads = new ArrayList<>(readsBefore().keySet());
    reads.add(number);
    for (long read : reads) {
      if (ledger.find(Ledger.HAND_OVER, read, State.DONE).isEmpty()) {
        ledger.planned(Ledger.HAND_OVER, read, "{}");
        ledger.done(Ledger.HAND_OVER, read, "{}");
      }
    }
    clear(name -> true);
  }
}
