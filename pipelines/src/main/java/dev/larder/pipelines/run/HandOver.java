package dev.larder.pipelines.run;

import static dev.larder.transforms.vault.MetricNames.ROWS_STAGED;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.transforms.bronze.SnapshotWindow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The vault takes over a snapshot: once the stream has passed P1, bronze holds the snapshot and the
 * whole log from P0 on, and the vault loads both together (docs/adr/0003). Until then the stream
 * keeps a table's changes in bronze alone.
 */
final class HandOver {
  private static final String TRANSACTION = "hand-over";

  private final PipelineOptions options;
  private final String lake;
  private final Console console;

  HandOver(PipelineOptions options, String lake, Console console) {
    this.options = options;
    this.lake = lake;
    this.console = console;
  }

  /**
   * Tables whose changes go into the vault as they come: those that it has taken over. They stay so
   * while a later snapshot of them is read: the vault is exact already.
   */
  static Set<TableId> live(Ledger ledger) {
    Set<TableId> live = new TreeSet<>();
    for (LedgerEntry over : ledger.entries(Ledger.HAND_OVER)) {
      if (over.state() == State.DONE) {
        live.addAll(entry(ledger, over.number(), State.PLANNED).ids());
      }
    }
    return live;
  }

  /** Snapshots that are read and wait for the stream, oldest first. */
  static List<Long> waiting(Ledger ledger) {
    return ledger.entries(Ledger.SNAPSHOT).stream()
        .filter(snapshot -> snapshot.state() == State.DONE)
        .map(LedgerEntry::number)
        .filter(number -> ledger.find(Ledger.HAND_OVER, number, State.DONE).isEmpty())
        .toList();
  }

  /**
   * Whether the log is known to have passed the end of a snapshot: the connectors say so, or an
   * event behind it is in bronze. What lies before may still be unread: {@link PassedSnapshots}.
   *
   * @param connectorsRead how far each connector has read its source's log; may be missing
   */
  boolean isPassed(Ledger ledger, long number, Map<String, Sequence> connectorsRead) {
    SnapshotEntry plan = entry(ledger, number, State.PLANNED);
    SnapshotEntry end = entry(ledger, number, State.DONE);
    for (String source : plan.positions().keySet()) {
      Sequence p0 = plan.positions().get(source).sequence();
      Sequence p1 = end.positions().get(source).sequence();
      List<TableId> tables =
          plan.ids().stream().filter(table -> table.source().equals(source)).toList();
      boolean isPassed =
          tables.isEmpty()
              || p1.compareTo(p0) <= 0
              || connectorsRead.getOrDefault(source, Sequence.BEGINNING).compareTo(p1) >= 0
              || Bronze.logReached(lake, tables, p1);
      if (!isPassed) {
        return false;
      }
    }
    return true;
  }

  private static SnapshotEntry entry(Ledger ledger, long number, State state) {
    return SnapshotEntry.fromJson(ledger.find(Ledger.SNAPSHOT, number, state).orElseThrow().body());
  }

  /**
   * Loads the vault with a snapshot and the log behind it. It is planned in the ledger first: if
   * the process dies, the next one must finish it before it takes new batches, for a table that has
   * its commit would not get what came to bronze since.
   */
  void run(Ledger ledger, long number, VaultLake vault) {
    if (ledger.find(Ledger.HAND_OVER, number, State.PLANNED).isEmpty()) {
      ledger.planned(Ledger.HAND_OVER, number, "{}");
    }
    TreeMap<TableId, SnapshotWindow> windows = windows(ledger, number);
    List<TableSchema> tables =
        vault.tables().sources().stream().filter(table -> windows.containsKey(table.id())).toList();
    Set<TableId> live = live(ledger);
    console.step("Vault takes over snapshot %d: %d tables", number, tables.size());
    Pipelines.run(
        options,
        pipeline ->
            vault.loadGroups(
                pipeline.apply("History in bronze", new BronzeHistory(lake, tables, windows)),
                TRANSACTION,
                number,
                live),
        run -> console.progress("%,d rows staged for the vault", run.counter(ROWS_STAGED)));
    ledger.done(Ledger.HAND_OVER, number, "{}");
    console.step("Vault has snapshot %d", number);
  }

  /** When each table of a snapshot was read. */
  static TreeMap<TableId, SnapshotWindow> windows(Ledger ledger, long number) {
    SnapshotEntry plan = entry(ledger, number, State.PLANNED);
    SnapshotEntry end = entry(ledger, number, State.DONE);
    TreeMap<TableId, SnapshotWindow> windows = new TreeMap<>();
    for (TableId table : plan.ids()) {
      BinlogPosition p0 = plan.positions().get(table.source());
      BinlogPosition p1 = end.positions().get(table.source());
      windows.put(table, new SnapshotWindow(p0.sequence(), p0.recordedAt(), p1.sequence()));
    }
    return windows;
  }
}
