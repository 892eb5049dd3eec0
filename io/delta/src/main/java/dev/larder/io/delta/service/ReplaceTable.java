package dev.larder.io.delta.service;

import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;

/**
 * Gives a table the rows, columns and properties of another one, in one commit: readers see the old
 * table or the new one. The files are copied, so that the other table may be deleted; transaction
 * identifiers of the table stay, so that who loads it goes on where he was.
 *
 * <p><b>Guarantees</b>: nothing is committed if the table has changed since the version that the
 * caller names. A copy that was cut off is an unreferenced file, which vacuum removes.
 *
 * <p><b>Cost</b>: the other table's bytes, read and written on this worker; no row is decoded.
 */
public final class ReplaceTable {
  private final TableLog log;

  public ReplaceTable(TableLog log) {
    this.log = log;
  }

  /**
   * @param other a table without partitions
   * @param version the latest version that the caller has seen of this table
   * @return the new version
   * @throws dev.larder.io.changes.UserException if one of the tables is not there
   * @throws dev.larder.io.delta.log.ConflictException if the table changed since
   */
  public long by(TableLog other, long version) {
    TableState now = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    TableState wanted = other.latest().orElseThrow(() -> DeltaErrors.noSuchTable(other.location()));
    log.requireWritable();
    LogCommit commit = new LogCommit(TableOperation.REPLACE_TABLE, wanted.schema());
    commit.replacesSchema = true;
    commit.partitionColumns = wanted.partitionColumns();
    commit.changedProperties = wanted.properties();
    commit.readVersion = version;
    commit.removed.addAll(now.files());
    for (DataFile file : wanted.files()) {
      commit.added.add(copied(other, file));
    }
    return log.commit(commit).version();
  }

  private DataFile copied(TableLog other, DataFile file) {
    String name = "part-" + UUID.randomUUID() + ".parquet";
    try (InputStream in = other.store().input(file.path()).newStream();
        OutputStream out = log.store().create(name).create(0)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new SinkException(
          other.store().address(file.path())
              + " cannot be copied into "
              + log.location()
              + ": "
              + e.getMessage()
              + ". See that both can be reached and there is room, then run it again.",
          e);
    }
    return new DataFile(name, file.size(), file.modifiedAt(), file.stats(), file.tags());
  }
}
