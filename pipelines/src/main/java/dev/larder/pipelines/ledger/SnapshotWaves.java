package dev.larder.pipelines.ledger;

import dev.larder.io.changes.TableId;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The waves of one snapshot in the ledger: each is planned before it is read and done after it. */
public final class SnapshotWaves {

  /**
   * @param number counts the waves of all snapshots; the batch number of its commits
   */
  public record Wave(long number, WaveEntry entry) {}

  private final Ledger ledger;
  private final long snapshot;

  public SnapshotWaves(Ledger ledger, long snapshot) {
    this.ledger = ledger;
    this.snapshot = snapshot;
  }

  private List<Wave> waves(State state) {
    return ledger.entries(Ledger.WAVE).stream()
        .filter(line -> line.state() == state)
        .map(line -> new Wave(line.number(), WaveEntry.fromJson(line.body())))
        .filter(wave -> wave.entry().snapshot() == snapshot)
        .toList();
  }

  /** The wave that was planned and not finished. */
  public Optional<Wave> unfinished() {
    return waves(State.PLANNED).stream()
        .filter(wave -> ledger.find(Ledger.WAVE, wave.number(), State.DONE).isEmpty())
        .findFirst();
  }

  /** Ranges of the waves that are done: the number of the first that is still to be read. */
  public int rangesDone() {
    return waves(State.DONE).stream().mapToInt(wave -> wave.entry().to()).max().orElse(0);
  }

  /** What the waves that are done have read. */
  public Map<TableId, TableTotals> totals() {
    Map<TableId, TableTotals> totals = new TreeMap<>();
    for (Wave wave : waves(State.DONE)) {
      wave.entry()
          .tables()
          .forEach((table, read) -> totals.merge(TableId.parse(table), read, TableTotals::plus));
    }
    return totals;
  }

  /** Plans the next wave: ranges from {@link #rangesDone} to another. */
  public Wave plan(int to) {
    long number = ledger.last(Ledger.WAVE, State.PLANNED) + 1;
    WaveEntry entry = WaveEntry.planned(snapshot, rangesDone(), to);
    ledger.planned(Ledger.WAVE, number, entry.toJson());
    return new Wave(number, entry);
  }

  /** Records that a wave is in bronze. */
  public void done(Wave wave, Map<TableId, TableTotals> totals) {
    ledger.done(Ledger.WAVE, wave.number(), wave.entry().done(totals).toJson());
  }
}
