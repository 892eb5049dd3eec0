package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.model.Satellite;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Stages the changes of bundles, without the keys that a bundle has had, and counts them: in a step
 * of its own ({@link StagingFn}), or where rows are taken. Not for two threads.
 */
final class Staging implements RowMaker<ChangeRecord> {
  private static final long serialVersionUID = 1L;

  private final Counter recordsStaged = counter(MetricNames.RECORDS_STAGED);
  private final Counter recordsIgnored = counter(MetricNames.RECORDS_IGNORED);
  private final Counter deadLettered = counter(MetricNames.RECORDS_DEAD_LETTERED);
  private final Counter rowsStaged = counter(MetricNames.ROWS_STAGED);
  private final Counter rowsRepeated = counter(MetricNames.ROWS_REPEATED);

  private final VaultStager stager;
  private final Set<String> released;
  private final boolean hasPolicies;

  private transient FirstSightings sightings;
  private transient Set<String> firstWins;
  private transient Set<End> ends;
  private transient long staged;
  private transient long ignored;
  private transient long rejected;
  private transient long rows;
  private transient long repeated;

  /** The end of all rows of a table, which each row of a full extract says. */
  private record End(String table, Sequence order, Object at) {}

  /**
   * @param released places of changes whose rows are put into their place, late or not
   */
  Staging(VaultStager stager, HashSet<String> released) {
    this.stager = stager;
    this.released = released;
    this.hasPolicies = !stager.tables().judged().isEmpty();
  }

  private static Counter counter(String name) {
    return Metrics.counter(LoadVault.class, name);
  }

  @Override
  public void begin() {
    if (firstWins == null) {
      sightings = new FirstSightings();
      ends = new HashSet<>();
      firstWins = firstWins();
    }
    sightings.clear();
    ends.clear();
    staged = 0;
    ignored = 0;
    rejected = 0;
    rows = 0;
    repeated = 0;
  }

  private Set<String> firstWins() {
    Set<String> tables = new HashSet<>();
    for (VaultTable table : stager.tables().tables()) {
      boolean isRepeated =
          table.structure() == VaultTable.Structure.HUB
              || table.structure() == VaultTable.Structure.LINK;
      if (isRepeated) {
        tables.add(table.name());
      }
    }
    return tables;
  }

  /** Gives rows and letters; those of satellites that keep late rows out, too. */
  @Override
  public void make(ChangeRecord change, Consumer<TableRow> out) {
    stage(change, out, out, (row, letter) -> out.accept(row));
  }

  /** Takes a row of a satellite that keeps late rows out, with the letter if it is one. */
  interface Candidates {
    void take(TableRow row, TableRow letter);
  }

  void stage(
      ChangeRecord change,
      Consumer<TableRow> loaded,
      Consumer<TableRow> letters,
      Candidates candidates) {
    if (!stager.knows(change.table().id())) {
      ignored++;
      return;
    }
    staged++;
    stager.stage(
        change,
        new StagedRows() {
          @Override
          public void row(TableRow row) {
            if (isRepeated(row)) {
              repeated++;
            } else if (isJudged(change, row)) {
              rows++;
              Satellite.Late policy = stager.tables().late(row.table());
              candidates.take(row, RejectedChange.late(change, row.table(), policy).row());
            } else {
              rows++;
              loaded.accept(row);
            }
          }

          @Override
          public void reject(String reason) {
            rejected++;
            DeadLetter letter = RejectedChange.letter(change, reason);
            letters.accept(letter.row());
          }
        });
  }

  private boolean isJudged(ChangeRecord change, TableRow row) {
    return hasPolicies
        && stager.tables().late(row.table()) != Satellite.Late.INSERT
        && (change.place() == null || !released.contains(change.place().toString()));
  }

  private boolean isRepeated(TableRow row) {
    if (row.change() == TableRow.Change.DELETE_ALL) {
      return !ends.add(new End(row.table(), row.order(), row.values()[0]));
    }
    return firstWins.contains(row.table()) && !sightings.isFirst(row);
  }

  @Override
  public void end() {
    recordsStaged.inc(staged);
    recordsIgnored.inc(ignored);
    deadLettered.inc(rejected);
    rowsStaged.inc(rows);
    rowsRepeated.inc(repeated);
  }
}
