package dev.larder.pipelines.run;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.pipelines.ledger.SnapshotPlan;
import dev.larder.pipelines.options.LakeOptions;
import java.util.Map;

/**
 * What is different in a snapshot that is joined to no log ({@code --compare}, docs/adr/0014): it
 * begins at the time of the source's clock, and loads the vault as soon as all rows are in bronze.
 */
final class ComparedRead {
  private final LakeOptions options;
  private final Console console;
  private final Ledger ledger;
  private final long number;

  ComparedRead(LakeOptions options, Console console, Ledger ledger, long number) {
    this.options = options;
    this.console = console;
    this.ledger = ledger;
    this.number = number;
  }

  /** Whether a planned snapshot is one. */
  static boolean is(SnapshotPlan plan) {
    return plan.positions().values().stream().noneMatch(BinlogPosition::hasLog);
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

  /** Loads the vault with what is in bronze, and says so in the report. */
  void load(VaultLake vault, RunReport report) {
    long gone = new ComparedLoad(options, options.getLake(), console).run(ledger, number, vault);
    console.step(
        "Snapshot %d: the vault has it; %,d rows are gone since the one before", number, gone);
    report.put("rows_gone", gone);
  }

  /** Behind the snapshot's last line in the ledger: there is no log to hand over to. */
  void handedOver() {
    ledger.planned(Ledger.HAND_OVER, number, "{}");
    ledger.done(Ledger.HAND_OVER, number, "{}");
  }
}
