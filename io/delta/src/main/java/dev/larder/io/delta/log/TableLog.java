package dev.larder.io.delta.log;

import dev.larder.io.delta.store.TableStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log of one table: all that this module asks of a Delta implementation. Safe for use by many
 * threads.
 */
public interface TableLog {

  /** Where the table is. */
  TableStore store();

  /** Where the table is, as messages name it. */
  default String location() {
    return store().location();
  }

  /** The latest version; empty if there is no table. */
  Optional<TableState> latest();

  /**
   * @throws dev.larder.io.changes.UserException if the version is not there (any more)
   */
  TableState at(long version);

  /**
   * The version that was the latest at a time, as Spark's {@code TIMESTAMP AS OF} finds it: by the
   * modification times of the log's files, made to grow with the version.
   *
   * @throws dev.larder.io.changes.UserException if the time lies before the oldest version that can
   *     be read or after the latest, naming both
   */
  long versionAsOf(Instant time);

  /**
   * What versions changed, oldest first.
   *
   * @param from first version, from 0 on
   * @param to last version, inclusive
   * @throws dev.larder.io.changes.UserException if one of them is not there (any more)
   */
  List<VersionChanges> changes(long from, long to);

  /**
   * The latest versions, newest first; fewer if older ones are gone from the log.
   *
   * @param limit so many at most
   */
  List<CommitInfo> history(int limit);

  /**
   * Files that were removed from the table and that the log still knows of: at least those removed
   * within the table's {@code delta.deletedFileRetentionDuration} (a week if it is not set).
   */
  List<DataFile> tombstones();

  /** The latest batch of the application that was committed; -1 if there is none. */
  long batch(String appId);

  /**
   * Refuses a table that we could read but would damage by writing, naming what stands in the way.
   * Looks at the version that was last asked for.
   */
  void requireWritable();

  /**
   * Writes one version, or nothing if the transaction's batch is committed already. A table that
   * does not exist is created by it.
   *
   * <p>When others commit at the same time, it is tried again on their version, unless they changed
   * what it had read. Appends never disturb each other. Files that others wrote with data unchanged
   * (a compaction) disturb only a commit whose own files to remove are gone.
   *
   * @throws ConflictException if others changed what it read or removes: nothing became visible
   * @throws dev.larder.io.changes.SinkException if it failed: then nothing became visible, unless
   *     the message says otherwise
   * @throws dev.larder.io.changes.UserException if the table must not be written, or its columns
   *     are incompatible
   */
  LogCommit.Outcome commit(LogCommit commit);

  /**
   * Writes a checkpoint of the latest version, so that opening the table stays cheap; then, once an
   * hour at most, cleans the log up as {@link #cleanUp()} does, unless the table's {@code
   * delta.enableExpiredLogCleanup} is false.
   *
   * @throws dev.larder.io.changes.SinkException if it cannot be written: the table is as before
   */
  void checkpoint();

  /**
   * Deletes the log's files that no version younger than {@code retention} needs. What was deleted
   * cannot be read any more, the latest version always can. Nothing is deleted unless a checkpoint
   * stands in for it.
   */
  LogCleanUp cleanUp(Duration retention);

  /**
   * {@link #cleanUp(Duration)} with the table's {@code delta.logRetentionDuration}: 30 days if it
   * is not set.
   */
  LogCleanUp cleanUp();
}
