package dev.larder.io.delta.service;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.error.ServiceErrors;
import dev.larder.io.delta.log.CommitInfo;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableProperties;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.log.VersionChanges;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Deletes files that no version of a table within its retention needs: those of older versions, and
 * those of writers that ended before their commit.
 *
 * <p><b>Guarantees</b>: every version that was the latest at the horizon (now less the retention)
 * or later reads as before. Of files that no version needs only those are deleted that were written
 * before the horizon: a younger one may be about to be committed. Versions before the horizon can
 * be read no more if they had other files.
 *
 * <p><b>Cost</b>: a listing of the table's folder, the log's entries since the horizon, a deletion
 * for each file, 16 at a time.
 */
public final class VacuumTable {
  private static final int WORKERS = 16;

  private final String name;
  private final TableLog log;
  private final VacuumSettings settings;

  /**
   * @param name the table's path below the lake
   */
  public VacuumTable(String name, TableLog log, VacuumSettings settings) {
    this.name = name;
    this.log = log;
    this.settings = settings;
  }

  /**
   * Does it, or says what it would do.
   *
   * @throws dev.larder.io.changes.UserException if there is no such table, it must not be written
   *     by us, or the retention is too short
   * @throws dev.larder.io.changes.SinkException if files could not be deleted; the others are
   */
  public VacuumReport run(Instant now) {
    TableState table = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    log.requireWritable();
    Instant horizon = now.minus(retention(table));
    // In this order: what is committed between the two is found live.
    List<StoredFile> found = log.store().list("");
    table = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    VacuumPlan plan =
        VacuumPlan.of(
            found, needed(table, horizon), table.partitionColumns(), horizon.toEpochMilli());
    if (settings.mode() == VacuumSettings.Mode.DELETE) {
      delete(plan.deleted());
    }
    return new VacuumReport(
        name,
        table.version(),
        horizon,
        settings.mode(),
        plan.deleted().stream().map(StoredFile::name).sorted().toList(),
        VacuumPlan.bytes(plan.deleted()),
        plan.needed().size(),
        VacuumPlan.bytes(plan.needed()),
        plan.young().size());
  }

  private Duration retention(TableState table) {
    Duration least = TableProperties.fileRetention(table.properties());
    Duration wanted = settings.retention().orElse(least);
    if (wanted.isNegative()) {
      throw ServiceErrors.negativeRetention(log.location(), wanted);
    }
    if (wanted.compareTo(least) < 0
        && settings.shortRetention() == VacuumSettings.ShortRetention.REFUSE) {
      throw ServiceErrors.retentionTooShort(log.location(), wanted, least);
    }
    return wanted;
  }

  private Set<String> needed(TableState table, Instant horizon) {
    TableStore store = log.store();
    Set<String> needed = new HashSet<>();
    add(table.files(), store, needed);
    long millis = horizon.toEpochMilli();
    add(
        log.tombstones().stream().filter(file -> file.deletedAt() >= millis).toList(),
        store,
        needed);
    // A tombstone's time is its writer's clock, a version's is the store's, and tombstones may be
    // forgotten sooner than the retention: what versions since the horizon say is certain.
    if (!table.committedAt().isBefore(horizon)) {
      for (VersionChanges changes : log.changes(firstAfter(horizon), table.version())) {
        add(changes.removed(), store, needed);
        add(changes.foldedAway(), store, needed);
      }
    }
    return needed;
  }

  private static void add(Collection<DataFile> files, TableStore store, Set<String> names) {
    files.forEach(file -> names.add(store.name(file.path())));
  }

  /** The version after the one that was the latest at the horizon, or the oldest that there is. */
  private long firstAfter(Instant horizon) {
    try {
      return log.versionAsOf(horizon) + 1;
    } catch (UserException e) { // it lies before the oldest version
      List<CommitInfo> history = log.history(Integer.MAX_VALUE);
      return history.get(history.size() - 1).version();
    }
  }

  private void delete(List<StoredFile> files) {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> deletions = new ArrayList<>();
      for (StoredFile file : files) {
        deletions.add(workers.submit(() -> log.store().delete(file.name())));
      }
      await(deletions);
    } finally {
      workers.shutdownNow();
    }
  }

  private void await(List<Future<?>> deletions) {
    int failed = 0;
    Throwable first = null;
    for (Future<?> deletion : deletions) {
      try {
        deletion.get();
      } catch (ExecutionException e) {
        failed++;
        first = first == null ? e.getCause() : first;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ServiceErrors.interrupted(log.location(), e);
      }
    }
    if (first instanceof LarderException) {
      throw ServiceErrors.notAllDeleted(log.location(), failed, first);
    } else if (first != null) {
      throw new IllegalStateException(first);
    }
  }
}
