package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.larder.io.delta.error.LogErrors;
import dev.larder.io.delta.log.LogListing.Checkpoint;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Pattern;

/**
 * Deletes what no retained version of a log needs.
 *
 * <p>A version can be read from a checkpoint and the versions after it. So everything before the
 * latest checkpoint that is not younger than the oldest retained version may go, and nothing else;
 * and only after that checkpoint has been read. delta-standalone and Spark delete up to the latest
 * checkpoint instead, so that retained versions before it cannot be read any more.
 */
final class LogCleaner {
  private static final Pattern ASIDE = Pattern.compile("\\.[^/]+\\.tmp");
  private static final Duration ASIDE_FOR = Duration.ofDays(1);

  private final LogFolder folder;
  private final LogLoader loader;

  LogCleaner(LogFolder folder, LogLoader loader) {
    this.folder = folder;
    this.loader = loader;
  }

  /**
   * @param keptFrom milliseconds since the epoch: what was the latest version then, and all later
   *     ones, can be read afterwards
   */
  LogCleanUp deleteBefore(long keptFrom) {
    LogListing listing = folder.list(0);
    Map.Entry<Long, Checkpoint> base = base(listing, keptFrom);
    List<String> deleted = new ArrayList<>(deleteAsides());
    if (base == null) {
      return new LogCleanUp(listing.oldestReadable().orElse(0), deleted);
    }
    requireReadable(base.getValue(), listing);
    for (String name : listing.namesBefore(base.getKey())) {
      folder.delete(name);
      deleted.add(name);
    }
    return new LogCleanUp(base.getKey(), deleted);
  }

  /** Deletes what killed writers left: files that never got their name. */
  private List<String> deleteAsides() {
    long young = System.currentTimeMillis() - ASIDE_FOR.toMillis();
    List<String> deleted = new ArrayList<>();
    for (StoredFile file : folder.store().list(TableStore.LOG)) {
      String name = file.name().substring(TableStore.LOG.length() + 1);
      if (ASIDE.matcher(name).matches() && file.modifiedAt() < young) {
        folder.delete(name);
        deleted.add(name);
      }
    }
    return deleted;
  }

  /** The checkpoint that the oldest retained version needs; null if it needs the whole log. */
  private static Map.Entry<Long, Checkpoint> base(LogListing listing, long keptFrom) {
    NavigableMap<Long, Long> times = listing.times();
    long retained = -1;
    for (Map.Entry<Long, Long> version : times.entrySet()) {
      if (retained >= 0 && version.getValue() > keptFrom) {
        break;
      }
      retained = version.getKey();
    }
    return listing.checkpoints().floorEntry(retained);
  }

  private void requireReadable(Checkpoint checkpoint, LogListing listing) {
    try {
      loader.read(checkpoint, listing, MissingNode.getInstance());
    } catch (IOException | RuntimeException e) {
      throw LogErrors.damagedCheckpoint(folder.address(checkpoint.names().get(0)), e);
    }
  }
}
