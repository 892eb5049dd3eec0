package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.delta.error.DeltaErrors;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.CheckpointMetaData;
import io.delta.standalone.internal.DeltaLogImpl;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes checkpoints, by delta-standalone. Kept out of commits, where their failure would look like
 * the commit's; and without delta-standalone's own clean-up of the log, which deletes versions that
 * younger ones need.
 */
final class Checkpoints {
  private final LogFolder folder;

  Checkpoints(LogFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes a checkpoint of the latest version. Tombstones younger than the table's {@code
   * delta.deletedFileRetentionDuration} are in it.
   *
   * @throws dev.larder.io.changes.SinkException if it cannot be written: the table is as before
   */
  void write() {
    try {
      DeltaLogImpl log =
          (DeltaLogImpl) DeltaLog.forTable(configuration(), new Path(folder.store().uri()));
      CheckpointMetaData written =
          io.delta.standalone.internal.Checkpoints$.MODULE$.writeCheckpoint(log, log.snapshot());
      ObjectNode hint = JsonNodeFactory.instance.objectNode();
      hint.put("version", written.version());
      hint.put("size", written.size());
      folder.overwrite(LogFolder.LAST_CHECKPOINT, hint.toString());
    } catch (Exception e) { // delta-standalone throws IOException undeclared
      throw DeltaErrors.cannotWrite(folder.address(LogFolder.LAST_CHECKPOINT), e);
    }
  }

  private Configuration configuration() {
    return folder.store().hadoop();
  }
}
