package dev.larder.pipelines.run;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.options.BackfillOptions;
import dev.larder.transforms.bronze.EachChange;
import dev.larder.transforms.bronze.SnapshotWindow;
import dev.larder.transforms.bronze.WithLaterChanges;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.MetricNames;
import dev.larder.transforms.vault.VaultKeys;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.values.PCollection;

/**
 * The vault, loaded from bronze, without the sources: for a satellite that is new in the model, or
 * a lake whose vault was lost. What the vault already has stays as it is.
 *
 * <p>A table's history begins with its first snapshot that the vault took over.
 */
public final class BackfillRun {
  private static final String RUN = "backfill";

  private final BackfillOptions options;
  private final VaultModel model;
  private final Console console;

  public BackfillRun(BackfillOptions options, VaultModel model, Console console) {
    this.options = options;
    this.model = model;
    this.console = console;
  }

  public void run(RunReport report) {
    Ledger ledger = Ledger.open(options.getLake());
    Map<TableId, TableSchema> catalogue = Bronze.catalogue(options.getLake(), model);
    VaultLake vault = VaultLake.create(options.getLake(), model, catalogue);
    TreeMap<TableId, SnapshotWindow> windows = windows(ledger, Sources.tables(model, options));
    List<TableSchema> tables = windows.keySet().stream().map(catalogue::get).toList();
    long from = micros("from", options.getFrom(), Long.MIN_VALUE);
    long to = micros("to", options.getTo(), Long.MAX_VALUE);
    boolean isWhole = options.getFrom() == null && options.getTo() == null;
    long number =
        ledger.unfinished(RUN).map(LedgerEntry::number).orElse(ledger.last(RUN, State.DONE) + 1);
    if (ledger.unfinished(RUN).isEmpty()) {
      ledger.planned(RUN, number, "{}");
    }
    console.step("Backfill %d: %d tables from bronze", number, tables.size());
    Pipelines run =
        Pipelines.run(
            options,
            pipeline -> {
              PCollection<TableChanges> history =
                  pipeline.apply(
                      "History in bronze", new BronzeHistory(options.getLake(), tables, windows));
              if (isWhole) {
                vault.backfillGroups(history, RUN, number);
              } else {
                VaultKeys keys = new VaultKeys(vault.tables());
                PCollection<ChangeRecord> all = history.apply("Changes", EachChange.ofGroups());
                vault.backfill(inTime(all, from, to, keys), RUN, number);
              }
            },
            progress ->
                console.progress("%,d rows staged", progress.counter(MetricNames.ROWS_STAGED)));
    ledger.done(RUN, number, "{}");
    long staged = run.counter(MetricNames.RECORDS_STAGED);
    console.step("Backfill %d: %,d changes loaded", number, staged);
    report.put("backfill", number).put("records", staged);
  }

  /**
   * Changes that were committed in a time, and the later ones of their keys: where such a change is
   * placed before others, those that repeated what held then do so no more.
   */
  private static PCollection<ChangeRecord> inTime(
      PCollection<ChangeRecord> history, long from, long to, VaultKeys keys) {
    PCollection<ChangeRecord> others =
        history.apply(
            "Committed at other times",
            Filter.by(change -> change.committedAt() < from || change.committedAt() >= to));
    return history
        .apply(
            "Committed in time",
            Filter.by(change -> change.committedAt() >= from && change.committedAt() < to))
        .apply("With later changes of their keys", WithLaterChanges.from(others, keys));
  }

  /**
   * The snapshot that each table's history in the vault begins with.
   *
   * @throws NotReadyException if the vault has not taken over a table yet
   */
  static TreeMap<TableId, SnapshotWindow> windows(Ledger ledger, List<TableId> wanted) {
    TreeMap<TableId, SnapshotWindow> windows = new TreeMap<>();
    for (LedgerEntry done : ledger.entries(Ledger.HAND_OVER)) {
      if (done.state() != State.DONE) {
        continue;
      }
      HandOver.windows(ledger, done.number()).forEach(windows::putIfAbsent);
    }
    windows.keySet().retainAll(wanted);
    for (TableId table : wanted) {
      if (!windows.containsKey(table)) {
        throw new NotReadyException(
            String.format(
                "%s: no snapshot of it has been handed over to the vault yet. Run `larder snapshot`"
                    + " and `larder stream` first, or leave it out with --tables.",
                table));
      }
    }
    return windows;
  }

  private static long micros(String option, String text, long absent) {
    try {
      return text == null ? absent : Values.micros(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--" + option + "=" + text + " is no instant. Write it like 2026-11-01T00:00:00Z.", e);
    }
  }
}
