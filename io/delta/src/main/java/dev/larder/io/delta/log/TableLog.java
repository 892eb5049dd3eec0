package dev.larder.io.delta.log;

import java.nio.file.Path;
import java.util.Optional;

/** The log of one table: all that this module asks of a Delta implementation. */
public interface TableLog {

  /** The table's directory. */
  Path directory();

  /** The latest version; empty if there is no table. */
  Optional<TableState> latest();

  /**
   * @throws dev.larder.io.changes.UserException if the version is not there (any more)
   */
  TableState at(long version);

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
   * <p>A commit that reads nothing is tried again when others commit at the same time; its folding
   * is given up if the files are no longer there. One that has read the table is refused if others
   * changed what it read.
   *
   * @throws dev.larder.io.changes.SinkException if it was refused or failed: then nothing became
   *     visible
   */
  LogCommit.Outcome commit(LogCommit commit);

  /** Writes a checkpoint of the latest version, so that opening the table stays cheap. */
  void checkpoint();
}
