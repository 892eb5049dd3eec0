package dev.larder.pipelines.ledger;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.ConflictException;
import dev.larder.io.delta.service.VacuumSettings;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ledger of a lake.
 *
 * <p><b>Guarantees</b>: each line is one atomic commit, and a line is written once: of two
 * processes that plan the same number one is refused ({@link NotReadyException}), so that a stream
 * never runs twice at a time. That holds for lines that have been folded too.
 *
 * <p><b>Cost</b>: opening reads all lines; who writes many folds them ({@link #fold}), so that
 * there are never more than some hundred. Versions and files of the table are kept for an hour.
 */
public final class Ledger {
  /** Batches of the stream. */
  public static final String STREAM = "stream";

  /** Where the stream begins in topics, and what it was told to leave out. */
  public static final String POSITIONS = "positions";

  /** The sources' tables as batches of the stream knew them; the number counts their changes. */
  public static final String CATALOGUE = "catalogue";

  /** Snapshots; the number counts them. */
  public static final String SNAPSHOT = "snapshot";

  /** Waves of snapshots; the number counts those of all snapshots. */
  public static final String WAVE = "snapshot-wave";

  /** The vault has taken over the snapshot of the same number. */
  public static final String HAND_OVER = "hand-over";

  /** Where the ledger lies, below the lake. */
  public static final String TABLE = "ops/ledger";

  /** A line a second would leave hundreds of thousands of files behind within days. */
  private static final Map<String, String> KEPT_FOR =
      Map.of(
          "delta.logRetentionDuration", "interval 1 hour",
          "delta.deletedFileRetentionDuration", "interval 1 hour");

  private static final Duration VACUUM_EVERY = Duration.ofMinutes(30);

  private record Line(String run, long number, State state) implements Comparable<Line> {
    private static final Comparator<Line> ORDER =
        Comparator.comparing(Line::run).thenComparingLong(Line::number).thenComparing(Line::state);

    @Override
    public int compareTo(Line other) {
      return ORDER.compare(this, other);
    }
  }

  private final String lake;
  private final TreeMap<Line, LedgerEntry> lines = new TreeMap<>();
  private long vacuumed = System.nanoTime() - VACUUM_EVERY.toNanos();

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
    lines.clear();
    table().find().ifPresent(stored -> read(stored, Filter.everything()).forEach(this::keep));
  }

  /** Reads the lines of some kinds again. Files with no such line are not opened. */
  public void refresh(Set<String> kinds) {
    Filter wanted = Filter.isIn(LedgerEntry.RUN, kinds);
    List<LedgerEntry> read = table().find().map(stored -> read(stored, wanted)).orElseGet(List::of);
    lines.keySet().removeIf(line -> kinds.contains(line.run()));
    read.forEach(this::keep);
  }

  private static List<LedgerEntry> read(DeltaSnapshot stored, Filter filter) {
    List<LedgerEntry> read = new ArrayList<>();
    try (RowIterator rows = stored.rows(LedgerEntry.SCHEMA.names(), filter)) {
      rows.forEachRemaining(row -> read.add(LedgerEntry.of(row)));
    }
    return read;
  }

  /** All lines of a kind of work, by number, planned before done. */
  public List<LedgerEntry> entries(String run) {
    return List.copyOf(of(run));
  }

  private Collection<LedgerEntry> of(String run) {
    State[] states = State.values();
    return lines
        .subMap(
            new Line(run, Long.MIN_VALUE, states[0]),
            true,
            new Line(run, Long.MAX_VALUE, states[states.length - 1]),
            true)
        .values();
  }

  /** The line of a number, if there is one. */
  public Optional<LedgerEntry> find(String run, long number, State state) {
    return Optional.ofNullable(lines.get(new Line(run, number, state)));
  }

  /**
   * What was planned.
   *
   * @throws IllegalArgumentException if the number was never planned
   */
  public String planOf(String run, long number) {
    return find(run, number, State.PLANNED)
        .orElseThrow(() -> new IllegalArgumentException(run + " " + number + " was not planned"))
        .body();
  }

  /** The highest number with this state or folded, 0 if there is none. */
  public long last(String run, State state) {
    return of(run).stream()
        .filter(entry -> entry.state() == state || entry.state() == State.FOLDED)
        .mapToLong(LedgerEntry::number)
        .max()
        .orElse(0);
  }

  /**
   * What is planned and neither done nor given up: it must be done before anything new of its kind
   * is planned.
   */
  public Optional<LedgerEntry> unfinished(String run) {
    return of(run).stream()
        .filter(entry -> entry.state() == State.PLANNED)
        .filter(entry -> find(run, entry.number(), State.DONE).isEmpty())
        .filter(entry -> find(run, entry.number(), State.GIVEN_UP).isEmpty())
        .findFirst();
  }

  /** What stands for the earliest lines of a kind; empty if none were folded. */
  public Optional<LedgerEntry> folded(String run) {
    return of(run).stream().filter(entry -> entry.state() == State.FOLDED).findFirst();
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

  /** Writes that a number that was planned will not be done. */
  public void givenUp(String run, long number) {
    record(new LedgerEntry(run, number, State.GIVEN_UP, "{}", Values.micros(Instant.now())));
  }

  private void record(LedgerEntry entry) {
    String line = "ledger/" + entry.run() + "/" + entry.state();
    boolean written =
        table()
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
    keep(entry);
  }

  private void keep(LedgerEntry entry) {
    lines.put(new Line(entry.run(), entry.number(), entry.state()), entry);
  }

  /**
   * Puts one line in the place of all lines of a kind up to a number, in one commit; lines that
   * others write meanwhile stay. Does nothing if another process rewrites the table just then:
   * folding only saves time.
   *
   * @param upTo the number of the last line to fold; it is done
   * @param body what they came to
   */
  public void fold(String run, long upTo, String body) {
    LedgerEntry folded =
        new LedgerEntry(run, upTo, State.FOLDED, body, Values.micros(Instant.now()));
    Predicate<LedgerEntry> isFolded = entry -> entry.run().equals(run) && entry.number() <= upTo;
    DeltaTable table = table();
    table.setProperties(KEPT_FOR);
    DeltaSnapshot stored = table.latest();
    List<LedgerEntry> rest =
        read(stored, Filter.everything()).stream().filter(isFolded.negate()).toList();
    try {
      table.rewrite(
          stored.version(),
          Stream.concat(Stream.of(folded), rest.stream()).map(LedgerEntry::row).iterator());
    } catch (ConflictException e) {
      return;
    }
    lines.values().removeIf(isFolded);
    keep(folded);
    if (System.nanoTime() - vacuumed > VACUUM_EVERY.toNanos()) {
      table.vacuum(VacuumSettings.DEFAULT);
      vacuumed = System.nanoTime();
    }
  }

  private DeltaTable table() {
    return DeltaTable.of(lake, TABLE);
  }
}
