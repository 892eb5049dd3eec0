package dev.larder.pipelines.ledger;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of a lake.
 *
 * <p><b>Guarantees</b>: each line is one atomic commit, and a line is written once: of two
 * processes that plan the same number one is refused ({@link NotReadyException}), so that a stream
 * never runs twice at a time.
 */
public final class Ledger {
  /** Batches of the stream. */
  public static final String STREAM = "stream";

  /** Snapshots; the number counts them. */
  public static final String SNAPSHOT = "snapshot";

  /** The vault has taken over the snapshot of the same number. */
  public static final String HAND_OVER = "hand-over";

  /** Where the ledger lies, below the lake. */
  public static final String TABLE = "ops/ledger";

  private final String lake;
  private final List<LedgerEntry> entries = new ArrayList<>();

  private Ledger(String lake) {
    this.lake = lake;
  }

  /** Reads the ledger; a lake that has none begins with an empty one. */
  public static Ledger open(String lake) {
    Ledger ledger = new Ledger(lake);
    ledger.refresh();
    return ledger;
  }

  /** Reads it again: another process may have written. */
  public void refresh() {
    entries.clear();
    DeltaSnapshot stored = DeltaTable.of(lake, TABLE).find().orElse(null);
    if (stored == null) {
      return;
    }
    try (RowIterator rows = stored.rows(LedgerEntry.SCHEMA.names())) {
      rows.forEachRemaining(row -> entries.add(LedgerEntry.of(row)));
    }
    entries.sort(Comparator.comparing(LedgerEntry::number).thenComparing(LedgerEntry::state));
  }

  /** All lines of a kind of work, by number, planned before done. */
  public List<LedgerEntry> entries(String run) {
    return entries.stream().filter(entry -> entry.run().equals(run)).toList();
  }

  /** The line of a number, if there is one. */
  public Optional<LedgerEntry> find(String run, long number, State state) {
    return entries.stream()
        .filter(
            entry -> entry.run().equals(run) && entry.number() == number && entry.state() == state)
        .findFirst();
  }

  /** The highest number with this state, 0 if there is none. */
  public long last(String run, State state) {
    return entries.stream()
        .filter(entry -> entry.run().equals(run) && entry.state() == state)
        .mapToLong(LedgerEntry::number)
        .max()
        .orElse(0);
  }

  /** What is planned and not done: it must be done before anything new of its kind is planned. */
  public Optional<LedgerEntry> unfinished(String run) {
    return entries.stream()
        .filter(entry -> entry.run().equals(run) && entry.state() == State.PLANNED)
        .filter(entry -> find(run, entry.number(), State.DONE).isEmpty())
        .findFirst();
  }

  /**
   * Writes that a number will be done.
   *
   * @throws NotReadyException if another process has planned it
   */
  public void planned(String run, long number, String body) {
    record(new LedgerEntry(run, number, State.PLANNED, body, Values.micros(Instant.now())));
  }

  /** Writes that a number is done. */
  public void done(String run, long number, String body) {
    record(new LedgerEntry(run, number, State.DONE, body, Values.micros(Instant.now())));
  }

  private void record(LedgerEntry entry) {
    String line = "ledger/" + entry.run() + "/" + entry.state();
    boolean written =
        DeltaTable.of(lake, TABLE)
            .append(
                LedgerEntry.SCHEMA,
                List.<Object[]>of(entry.row()).iterator(),
                line,
                entry.number());
    if (!written) {
      throw new NotReadyException(
          String.format(
              "%s %d of the lake %s was written to the ledger by another process. Only one process"
                  + " may run it: stop the other, or wait until it has ended, and start again.",
              entry.run(), entry.number(), lake));
    }
    entries.add(entry);
  }
}
