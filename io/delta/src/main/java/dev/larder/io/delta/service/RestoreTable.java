package dev.larder.io.delta.service;

import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.error.ServiceErrors;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes an older version of a table the latest again: its rows, columns and properties.
 *
 * <p><b>Guarantees</b>: one commit, which readers of changes see as rows that come and go; versions
 * in between can still be read. If another writer changes the table meanwhile, or vacuum has
 * deleted files of the version, nothing is changed.
 *
 * <p><b>Cost</b>: both versions' lists of files, and a look at each file that comes back.
 *
 * <p><b>Source</b>: delta-spark's {@code RestoreTableCommand}, whose metrics it leaves in the
 * history.
 */
public final class RestoreTable {
  private final String name;
  private final TableLog log;

  /**
   * @param name the table's path below the lake
   */
  public RestoreTable(String name, TableLog log) {
    this.name = name;
    this.log = log;
  }

  /** Restores the version that was the latest at a time. */
  public RestoreReport to(Instant time) {
    return to(log.versionAsOf(time), time.toString());
  }

  /**
   * @throws dev.larder.io.changes.UserException if the version, or one of its files, is gone, or
   *     the table must not be written
   * @throws dev.larder.io.delta.log.ConflictException if another writer changed the table meanwhile
   */
  public RestoreReport to(long version) {
    return to(version, null);
  }

  private RestoreReport to(long version, String time) {
    TableState now = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    log.requireWritable();
    TableState then = log.at(version);
    if (now.version() == version) {
      return new RestoreReport(name, version, version, 0, 0, 0, 0);
    }
    List<DataFile> restored = missingFrom(now, then);
    List<DataFile> removed = missingFrom(then, now);
    requireThere(version, restored);
    LogCommit commit = new LogCommit(TableOperation.RESTORE, then.schema());
    commit.replacesSchema = true;
    commit.metadataOf = OptionalLong.of(version);
    commit.partitionColumns = then.partitionColumns();
    commit.readVersion = now.version();
    commit.added.addAll(restored);
    commit.removed.addAll(removed);
    commit.parameters.put("version", Long.toString(version));
    if (time != null) {
      commit.parameters.put("timestamp", time);
    }
    tell(commit, then);
    LogCommit.Outcome outcome = log.commit(commit);
    return new RestoreReport(
        name,
        version,
        outcome.version(),
        restored.size(),
        FileSet.bytes(restored),
        removed.size(),
        FileSet.bytes(removed));
  }

  /** Files of one version that another has not. */
  private static List<DataFile> missingFrom(TableState other, TableState version) {
    Set<String> paths = new HashSet<>();
    other.files().forEach(file -> paths.add(file.path()));
    return version.files().stream().filter(file -> !paths.contains(file.path())).toList();
  }

  private void requireThere(long version, List<DataFile> files) {
    TableStore store = log.store();
    List<String> missing =
        files.stream()
            .parallel()
            .filter(file -> isMissing(store, file))
            .map(file -> store.name(file.path()))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw ServiceErrors.cannotRestore(log.location(), version, missing);
    }
  }

  /** A file may lie outside the table: it is looked for as readers look for it. */
  private static boolean isMissing(TableStore store, DataFile file) {
    try {
      return store.input(file.path()).getLength() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static void tell(LogCommit commit, TableState then) {
    commit.metrics.put("tableSizeAfterRestore", Long.toString(FileSet.bytes(then.files())));
    commit.metrics.put("numOfFilesAfterRestore", Integer.toString(then.files().size()));
    commit.metrics.put("numRestoredFiles", Integer.toString(commit.added.size()));
    commit.metrics.put("restoredFilesSize", Long.toString(FileSet.bytes(commit.added)));
    commit.metrics.put("numRemovedFiles", Integer.toString(commit.removed.size()));
    commit.metrics.put("removedFilesSize", Long.toString(FileSet.bytes(commit.removed)));
  }
}
