package dev.larder.io.delta.log;

import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.TableContents.Applied;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a table's log in this JVM: loaded once, then advanced by the files of later
 * versions, found by their names. Safe for use by many threads.
 *
 * <p><b>Cost</b>: to look whether there is a newer version is one request for the latest file's
 * time and one for the next file; nothing is listed and nothing is read twice.
 */
final class AdvancingLog {
  private static final Logger LOG = LoggerFactory.getLogger(AdvancingLog.class);
  private static final int RECENT = 64;

  private final LogFolder folder;
  private final LogLoader loader;
  private final Map<Long, Applied> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Applied> eldest) {
          return size() > RECENT;
        }
      };

  private TableContents table;
  private Optional<StoredFile> newest = Optional.empty();
  private TableState state;

  AdvancingLog(TableStore store) {
    this.folder = new LogFolder(store);
    this.loader = new LogLoader(folder);
  }

  LogFolder folder() {
    return folder;
  }

  LogLoader loader() {
    return loader;
  }

  /** The latest version; empty if there is no table. */
  synchronized Optional<TableState> latest() {
    if (!advance()) {
      return Optional.empty();
    }
    if (state == null || state.version() != table.version()) {
      ProtocolGuard.requireReadable(folder.location(), table);
      state = table.state(folder.location());
    }
    return Optional.of(state);
  }

  /**
   * Looks at the latest version, while nobody else does.
   *
   * @param look gets null if there is no table
   */
  synchronized <T> T look(Function<TableContents, T> look) {
    return look.apply(advance() ? table : null);
  }

  /** As {@link #look}, at the version that was last asked for, if there is one. */
  synchronized <T> T lookAgain(Function<TableContents, T> look) {
    return look.apply(table != null || advance() ? table : null);
  }

  /** Takes in what others wrote; returns whether there is a table. */
  private boolean advance() {
    if (table != null && !folder.stat(table.version()).equals(newest)) {
      // Another log lies where this one was.
      forget();
    }
    if (table == null) {
      Optional<TableContents> loaded = loader.latest();
      if (loaded.isEmpty()) {
        return false;
      }
      newest = folder.stat(loaded.get().version());
      table = loaded.get();
    }
    for (Optional<List<String>> next = folder.read(table.version() + 1);
        next.isPresent();
        next = folder.read(table.version() + 1)) {
      take(next.get());
    }
    return true;
  }

  private void take(List<String> lines) {
    long version = table.version() + 1;
    Optional<StoredFile> file = folder.stat(version);
    LogEntry entry =
        ActionReader.entry(
            folder.address(LogFolder.commitName(version)),
            version,
            file.map(StoredFile::modifiedAt).orElse(0L),
            lines);
    recent.put(version, table.apply(entry));
    newest = file;
  }

  private void forget() {
    table = null;
    state = null;
    recent.clear();
  }

  /**
   * Writes the version after the one that {@link #look} saw, in the same turn.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there already
   */
  synchronized long write(List<String> lines) throws java.io.IOException {
    long version = table == null ? 0 : table.version() + 1;
    folder.write(version, lines);
    if (table != null) {
      try {
        take(lines);
      } catch (LarderException e) {
        // The version is written: what is known of it is read again when it is needed.
        LOG.debug("{}: version {} is read again", folder.location(), version, e);
        forget();
      }
    }
    return version;
  }

  /**
   * The versions after {@code version} up to the latest that was seen; empty if one of them is no
   * longer there.
   */
  synchronized Optional<List<Applied>> since(long version) {
    List<Applied> since = new ArrayList<>();
    for (long next = version + 1; table != null && next <= table.version(); next++) {
      Applied known = recent.get(next);
      if (known == null) {
        Optional<LogEntry> read = entry(next, 0);
        if (read.isEmpty()) {
          return Optional.empty();
        }
        known = new Applied(read.get(), metadataBefore(read.get()));
      }
      since.add(known);
    }
    return Optional.of(since);
  }

  /** What a version that changed the metadata changed; null if it is not known. */
  private TableMetadata metadataBefore(LogEntry entry) {
    if (entry.metadata() == null || entry.version() == 0) {
      return null;
    }
    try {
      return loader.at(entry.version() - 1, table.version()).metadata();
    } catch (LarderException e) {
      LOG.debug("{}: nothing is known before version {}", folder.location(), entry.version(), e);
      return null;
    }
  }

  /**
   * A version as its file holds it; empty if it is not there.
   *
   * @param time milliseconds since the epoch
   */
  Optional<LogEntry> entry(long version, long time) {
    return folder
        .read(version)
        .map(
            lines ->
                ActionReader.entry(
                    folder.address(LogFolder.commitName(version)), version, time, lines));
  }

  /** A version; the latest is not read again. */
  TableState at(long version) {
    TableState latest = latest().orElseThrow(() -> DeltaErrors.noSuchTable(folder.location()));
    if (latest.version() == version) {
      return latest;
    }
    TableContents contents = contents(version, latest.version());
    ProtocolGuard.requireReadable(folder.location(), contents);
    return contents.state(folder.location());
  }

  TableContents contents(long version, long latest) {
    return loader.at(version, latest);
  }
}
