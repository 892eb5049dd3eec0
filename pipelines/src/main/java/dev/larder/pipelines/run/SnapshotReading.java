package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.jdbc.BrakeLimits;
import dev.larder.io.jdbc.TableRange;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.SnapshotPlan;
import dev.larder.pipelines.ledger.SnapshotWaves;
import dev.larder.pipelines.ledger.SnapshotWaves.Wave;
import dev.larder.pipelines.ledger.TableTotals;
import dev.larder.pipelines.options.SnapshotOptions;
import dev.larder.transforms.bronze.BronzeRows;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a planned snapshot into bronze, wave by wave (docs/adr/0013). Each wave is planned in the
 * ledger, read by one bounded pipeline, committed once a table with the transaction ({@link
 * Ledger#WAVE}, number of the wave), and recorded as done.
 *
 * <p>The process may be killed at any instruction. What follows begins with the first wave that is
 * not done, and of that with the tables that do not have its commit.
 */
final class SnapshotReading {
  private static final int RANGES_A_CONNECTION = 2;

  private final SnapshotOptions options;
  private final Sources sources;
  private final Console console;
  private final String lake;
  private final SnapshotPlan plan;
  private final List<TableRange> ranges;
  private final SnapshotWaves waves;
  private final ReadProgress progress;

  /**
   * @param lake where the bronze tables are that take the rows
   */
  SnapshotReading(
      SnapshotOptions options,
      Sources sources,
      Console console,
      Ledger ledger,
      long snapshot,
      String lake) {
    this.options = options;
    this.lake = lake;
    this.sources = sources;
    this.console = console;
    this.plan = SnapshotPlan.fromJson(ledger.planOf(Ledger.SNAPSHOT, snapshot));
    this.ranges = plan.ranges();
    this.waves = new SnapshotWaves(ledger, snapshot);
    this.progress = new ReadProgress(console, ranges.size(), plan.estimatedRows());
  }

  /**
   * What the options say of pausing, and of rows a second by all workers together.
   *
   * @throws UserException if a duration is none, or rows are negative
   */
  static BrakeLimits brake(SnapshotOptions options) {
    String lag = options.getMaxReplicaLag();
    if (options.getMaxRowsPerSecond() < 0) {
      throw new UserException(
          "--maxRowsPerSecond="
              + options.getMaxRowsPerSecond()
              + " is no limit. Write a number of rows, or 0 for none.");
    }
    try {
      return new BrakeLimits(
              options.getMaxThreadsRunning(), lag == null ? null : Duration.parse(lag))
          .withMaxRowsPerSecond(options.getMaxRowsPerSecond());
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--maxReplicaLag=" + lag + " is no ISO-8601 duration. Write PT10S or PT1M.", e);
    }
  }

  SnapshotPlan plan() {
    return plan;
  }

  /** What is said of the rows that it has read. */
  String outcome() {
    return lake.equals(options.getLake()) ? "in bronze" : "read";
  }

  int rangesDone() {
    return waves.rangesDone();
  }

  long rowsDone() {
    return waves.totals().values().stream().mapToLong(TableTotals::rows).sum();
  }

  /**
   * Reads what is still to be read.
   *
   * @param beforeEach called before each wave: may refuse to go on
   * @return what was read of each table, by this process and by those before it
   */
  Map<TableId, TableTotals> read(Runnable beforeEach) {
    progress.found(rowsDone(), rangesDone());
    Waves cut = new Waves(options.getWaveRows(), RANGES_A_CONNECTION * options.getMaxConnections());
    Wave unfinished = waves.unfinished().orElse(null);
    if (unfinished != null) {
      beforeEach.run();
      finish(unfinished);
    }
    while (rangesDone() < ranges.size()) {
      beforeEach.run();
      Wave wave = waves.plan(cut.end(ranges, rangesDone()));
      read(wave, ranges.subList(wave.entry().from(), wave.entry().to()), new HashMap<>());
    }
    return waves.totals();
  }

  /** A wave that another process began: some of its tables may have their commit. */
  private void finish(Wave wave) {
    List<TableRange> all = ranges.subList(wave.entry().from(), wave.entry().to());
    Map<TableId, TableSchema> committed = new HashMap<>();
    for (TableRange range : all) {
      TableId id = range.table().id();
      if (!committed.containsKey(id) && hasCommit(id, wave)) {
        committed.put(id, range.table());
      }
    }
    read(
        wave,
        all.stream().filter(range -> !committed.containsKey(range.table().id())).toList(),
        committed);
  }

  private boolean hasCommit(TableId id, Wave wave) {
    DeltaTable table = DeltaTable.of(lake, BronzeRows.table(id));
    return table.exists() && table.batch(Ledger.WAVE) >= wave.number();
  }

  /**
   * @param missing ranges whose tables do not have the wave's commit
   * @param committed tables that have it
   */
  private void read(Wave wave, List<TableRange> missing, Map<TableId, TableSchema> committed) {
    Map<TableId, TableTotals> totals = new TreeMap<>();
    if (!missing.isEmpty()) {
      TableReader reader =
          new TableReader(sources, options.getFetchSize(), options.getMaxConnections(), console)
              .withBrake(brake(options).ofOneAmong(RunnerProfile.of(options).workers(options)));
      totals.putAll(reader.read(options, missing, lake, Ledger.WAVE, wave.number(), progress));
    }
    Map<TableId, TableSchema> uncounted = new HashMap<>(committed);
    missing.forEach(range -> uncounted.put(range.table().id(), range.table()));
    uncounted.keySet().removeAll(totals.keySet());
    uncounted.forEach((id, table) -> totals.put(id, count(table)));
    waves.done(wave, totals);
    progress.read(
        totals.values().stream().mapToLong(TableTotals::rows).sum(),
        wave.entry().to() - wave.entry().from());
  }

  /** What bronze holds of the snapshot of a table beyond the waves that are done. */
  private TableTotals count(TableSchema table) {
    TableTotals all =
        BronzeTotals.of(lake, table, plan.positions().get(table.id().source()).sequence());
    TableTotals known = waves.totals().getOrDefault(table.id(), TableTotals.NONE);
    return all.minus(known).withMillis(0);
  }
}
