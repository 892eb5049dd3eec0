package dev.larder.io.delta.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.LogListing.Checkpoint;
import dev.larder.io.delta.log.TableContents.Frozen;
import dev.larder.io.delta.store.TableStore;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints, from memory. Kept out of commits, where their failure would look like the
 * commit's. delta-standalone's are not taken: it loads the whole log for each, cannot load logs
 * whose commitInfo holds more than texts, and cleans the log up by the way, deleting versions that
 * younger ones need.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LogFolder folder;
  private final LogLoader loader;

  Checkpoints(LogFolder folder, LogLoader loader) {
    this.folder = folder;
    this.loader = loader;
  }

  static String name(long version) {
    return String.format(Locale.ROOT, "%020d.checkpoint.parquet", version);
  }

  /**
   * Writes a checkpoint, unless there is one that can be read.
   *
   * @param now milliseconds since the epoch: tombstones that are older by more than the table's
   *     {@code delta.deletedFileRetentionDuration} are left out
   * @throws dev.larder.io.changes.SinkException if it cannot be written: the table is as before
   */
  void write(Frozen contents, long now) {
    String name = name(contents.version());
    if (isThere(contents.version())) {
      return;
    }
    folder.delete(name);
    try {
      long size =
          CheckpointWriter.write(
              folder.store().create(TableStore.LOG + "/" + name),
              actions(contents, now).iterator());
      point(contents, size);
    } catch (IOException | RuntimeException e) {
      throw DeltaErrors.cannotWrite(folder.address(name), e);
    }
  }

  /** Whether there is a checkpoint that can be read: one that a killed writer left may not be. */
  private boolean isThere(long version) {
    LogListing listing = folder.list(version);
    Checkpoint checkpoint = listing.checkpoints().get(version);
    if (checkpoint == null) {
      return false;
    }
    try {
      loader.read(checkpoint, listing, MissingNode.getInstance());
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is written again", folder.address(checkpoint.names().get(0)), e);
      return false;
    }
  }

  private static Stream<JsonNode> actions(Frozen contents, long now) {
    long kept = now - TableProperties.fileRetention(contents.metadata().properties()).toMillis();
    return Stream.of(
            Stream.of(
                ActionJson.protocol(contents.protocol()),
                ActionJson.action("metaData", contents.metadata().action())),
            contents.batches().entrySet().stream()
                .map(batch -> ActionJson.txn(batch.getKey(), batch.getValue())),
            contents.tombstones().stream()
                .filter(file -> file.deletedAt() > kept)
                .map(file -> ActionJson.remove(file, false)),
            contents.files().stream().map(file -> ActionJson.add(file, false)))
        .flatMap(part -> part);
  }

  /** Names the checkpoint in {@code _last_checkpoint}, unless a later one stands there. */
  private void point(Frozen contents, long size) throws IOException {
    long known = -1;
    try {
      String text = String.join("\n", folder.read(LogFolder.LAST_CHECKPOINT).orElseThrow());
      known = JSON.readTree(text).path("version").asLong(-1);
    } catch (JsonProcessingException | RuntimeException e) {
      LOG.debug("{}: no usable hint", folder.location(), e);
    }
    if (known < contents.version()) {
      ObjectNode hint = JSON.createObjectNode();
      hint.put("version", contents.version());
      hint.put("size", size);
      hint.put("numOfAddFiles", contents.files().size());
      folder.overwrite(LogFolder.LAST_CHECKPOINT, hint.toString());
    }
  }
}
