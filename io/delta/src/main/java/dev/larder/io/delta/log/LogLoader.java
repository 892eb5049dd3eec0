package dev.larder.io.delta.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.error.LogErrors;
import dev.larder.io.delta.log.LogListing.Checkpoint;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table's contents from its log, from nothing: the latest checkpoint that can be read, then the
 * later versions one by one.
 *
 * <p><b>Errors</b>: a checkpoint that cannot be read is passed over if an older one, or the log
 * from its first version on, stands in for it. A version that is missing or damaged is an error
 * that names its file; no version is ever put together from less than all of its log.
 */
final class LogLoader {
  private static final Logger LOG = LoggerFactory.getLogger(LogLoader.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LATEST = Long.MAX_VALUE;
  private static final int ATTEMPTS = 3;

  private final LogFolder folder;

  LogLoader(LogFolder folder) {
    this.folder = folder;
  }

  /** A file that was listed is gone: a clean-up ran meanwhile. */
  private static final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient LarderException error;

    GoneException(LarderException error) {
      super(error);
      this.error = error;
    }
  }

  /** The latest version; empty if there is no table. */
  Optional<TableContents> latest() {
    JsonNode hint = lastCheckpoint();
    return settled(
        () -> {
          long hinted = hint.path("version").asLong(0);
          LogListing near = hinted > 0 ? folder.list(hinted) : folder.list(0);
          if (hinted > 0 && !near.checkpoints().isEmpty()) {
            Optional<TableContents> loaded = fromCheckpoint(near, LATEST, hint, new ArrayList<>());
            if (loaded.isPresent()) {
              return loaded;
            }
          }
          LogListing all = hinted > 0 ? folder.list(0) : near;
          if (all.isEmpty() && hint.has("version")) {
            throw LogErrors.damaged(
                folder.address(LogFolder.LAST_CHECKPOINT),
                "it names version " + hinted + ", but no version is there",
                null);
          }
          return all.isEmpty() ? Optional.empty() : Optional.of(load(all, LATEST, hint));
        });
  }

  /**
   * A version.
   *
   * @throws dev.larder.io.changes.UserException if it is not there (any more)
   */
  TableContents at(long version, long latest) {
    return settled(
        () -> {
          LogListing all = folder.list(0);
          long oldest = all.oldestReadable().orElse(LATEST);
          if (version < oldest || version > all.latest()) {
            throw DeltaErrors.noSuchVersion(folder.location(), version, latest);
          }
          return load(all, version, MissingNode.getInstance());
        });
  }

  /** Something that looks at the folder while others may clean it up. */
  private interface Look<T> {
    T at() throws GoneException;
  }

  private static <T> T settled(Look<T> look) {
    for (int attempt = 1; ; attempt++) {
      try {
        return look.at();
      } catch (GoneException e) {
        if (attempt == ATTEMPTS) {
          throw e.error;
        }
      }
    }
  }

  private TableContents load(LogListing all, long wanted, JsonNode hint) throws GoneException {
    List<SinkException> damaged = new ArrayList<>();
    Optional<TableContents> loaded = fromCheckpoint(all, wanted, hint, damaged);
    if (loaded.isPresent()) {
      return loaded.get();
    }
    NavigableMap<Long, StoredFile> commits = all.commits();
    if (commits.isEmpty() || commits.firstKey() > 0) {
      if (!damaged.isEmpty()) {
        throw damaged.get(0);
      }
      if (all.hasNewerCheckpoints()) {
        throw ProtocolGuard.newerCheckpoints(folder.location());
      }
      throw LogErrors.missing(folder.address(LogFolder.commitName(0)));
    }
    return replayed(new TableContents(-1, Long.MIN_VALUE), all, wanted);
  }

  /**
   * From the latest checkpoint that can be read; empty if there is none.
   *
   * @param damaged gets the errors of those that cannot be read
   */
  private Optional<TableContents> fromCheckpoint(
      LogListing listing, long wanted, JsonNode hint, List<SinkException> damaged)
      throws GoneException {
    for (Checkpoint checkpoint :
        listing.checkpoints().headMap(wanted, true).descendingMap().values()) {
      TableContents contents;
      try {
        contents = read(checkpoint, listing, hint);
      } catch (IOException | RuntimeException e) {
        String file = folder.address(checkpoint.names().get(0));
        LOG.warn("{} cannot be read; the log before it is tried", file, e);
        damaged.add(LogErrors.damagedCheckpoint(file, e));
        continue;
      }
      try {
        return Optional.of(replayed(contents, listing, wanted));
      } catch (SinkException e) {
        if (damaged.isEmpty()) {
          throw e;
        }
        damaged.get(0).addSuppressed(e);
        throw damaged.get(0);
      }
    }
    return Optional.empty();
  }

  /** What a checkpoint holds; whatever is wrong with it is thrown. */
  TableContents read(Checkpoint checkpoint, LogListing listing, JsonNode hint) throws IOException {
    StoredFile commit = listing.commits().get(checkpoint.version());
    TableContents contents =
        new TableContents(
            checkpoint.version(), commit == null ? checkpoint.modifiedAt() : commit.modifiedAt());
    long rows = 0;
    for (String name : checkpoint.names()) {
      ActionReader actions = new ActionReader(folder.address(name));
      long[] count = {0};
      CheckpointReader.read(
          folder.store().input(TableStore.LOG + "/" + name),
          row -> {
            if (row.has("checkpointMetadata") || row.has("sidecar")) {
              throw new IllegalArgumentException("it is of the second kind (v2Checkpoint)");
            }
            actions.action(row);
            count[0]++;
          });
      rows += count[0];
      contents.take(actions.entry(checkpoint.version(), 0));
    }
    if (contents.protocol() == null || contents.metadata() == null) {
      throw new IllegalArgumentException("it has no protocol, or no metadata");
    }
    if (hint.path("version").asLong(-1) == checkpoint.version()
        && hint.hasNonNull("size")
        && !hint.hasNonNull("v2Checkpoint")
        && hint.get("size").asLong() > rows) {
      throw new IllegalArgumentException(
          "it holds " + rows + " of " + hint.get("size").asLong() + " actions");
    }
    return contents;
  }

  private TableContents replayed(TableContents contents, LogListing listing, long wanted)
      throws GoneException {
    long last = wanted == LATEST ? listing.latest() : wanted;
    for (long version = contents.version() + 1; version <= last; version++) {
      StoredFile file = listing.commits().get(version);
      String name = LogFolder.commitName(version);
      LarderException missing = LogErrors.gap(folder.address(name), last);
      if (file == null) {
        throw missing;
      }
      List<String> lines = folder.read(version).orElseThrow(() -> new GoneException(missing));
      contents.apply(ActionReader.entry(folder.address(name), version, file.modifiedAt(), lines));
    }
    if (contents.protocol() == null || contents.metadata() == null) {
      throw LogErrors.damaged(
          folder.address(LogFolder.commitName(0)), "it has no protocol, or no metadata", null);
    }
    return contents;
  }

  /** What {@code _last_checkpoint} says: a hint, that may be missing, old or damaged. */
  private JsonNode lastCheckpoint() {
    try {
      Optional<List<String>> lines = folder.read(LogFolder.LAST_CHECKPOINT);
      if (lines.isPresent()) {
        JsonNode hint = JSON.readTree(String.join("\n", lines.get()));
        return hint.isObject() ? hint : MissingNode.getInstance();
      }
    } catch (JsonProcessingException | LarderException e) {
      LOG.warn("{} cannot be read", folder.address(LogFolder.LAST_CHECKPOINT), e);
    }
    return MissingNode.getInstance();
  }
}
