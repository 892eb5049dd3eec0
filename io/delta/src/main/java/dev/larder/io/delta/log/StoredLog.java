package dev.larder.io.delta.log;

import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.LogEntry.FileChange;
import dev.larder.io.delta.log.TableContents.Frozen;
import dev.larder.io.delta.store.TableStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link TableLog} in a store. */
final class StoredLog implements TableLog {
  private static final Logger LOG = LoggerFactory.getLogger(StoredLog.class);
  private static final Duration CLEAN_UP_EVERY = Duration.ofHours(1);

  private final TableStore store;
  private final AdvancingLog log;
  private final AtomicLong lastCleanUp =
      new AtomicLong(System.nanoTime() - 2 * CLEAN_UP_EVERY.toNanos());

  StoredLog(TableStore store) {
    this.store = store;
    this.log = new AdvancingLog(store);
  }

  @Override
  public TableStore store() {
    return store;
  }

  @Override
  public Optional<TableState> latest() {
    return log.latest();
  }

  @Override
  public TableState at(long version) {
    return log.at(version);
  }

  @Override
  public long batch(String appId) {
    return log.look(table -> table == null ? -1 : table.batch(appId));
  }

  @Override
  public void requireWritable() {
    log.lookAgain(
        table -> {
          if (table != null) {
            ProtocolGuard.requireWritable(location(), table);
          }
          return null;
        });
  }

  @Override
  public LogCommit.Outcome commit(LogCommit commit) {
    return new CommitLoop(log, commit).run();
  }

  @Override
  public long versionAsOf(Instant time) {
    log.look(
        table -> {
          if (table == null) {
            throw DeltaErrors.noSuchTable(location());
          }
          ProtocolGuard.requireFileTimes(location(), table);
          return null;
        });
    return VersionTimes.versionAsOf(location(), log.folder().list(0), time);
  }

  @Override
  public List<VersionChanges> changes(long from, long to) {
    long latest = latestVersion();
    NavigableMap<Long, Long> times = log.folder().list(0).times();
    List<VersionChanges> changes = new ArrayList<>();
    for (long version = from; version <= to; version++) {
      Long time = times.get(version);
      Optional<LogEntry> entry = time == null ? Optional.empty() : log.entry(version, time);
      if (entry.isEmpty()) {
        throw DeltaErrors.noSuchVersion(location(), version, latest);
      }
      changes.add(changes(entry.get()));
    }
    return changes;
  }

  private VersionChanges changes(LogEntry entry) {
    return new VersionChanges(
        VersionTimes.info(entry),
        files(entry.added(), true),
        files(entry.removed(), true),
        files(entry.added(), false),
        files(entry.removed(), false),
        Optional.ofNullable(entry.metadata()).map(metadata -> metadata.schema(location())));
  }

  private List<DataFile> files(List<FileChange> changes, boolean dataChange) {
    Stream<FileChange> wanted = changes.stream().filter(file -> file.dataChange() == dataChange);
    return wanted.peek(this::requireNoVector).map(FileChange::file).toList();
  }

  private void requireNoVector(FileChange change) {
    if (change.deletionVector() != null) {
      throw ProtocolGuard.deletionVectors(location());
    }
  }

  @Override
  public List<CommitInfo> history(int limit) {
    latestVersion();
    List<CommitInfo> history = new ArrayList<>();
    NavigableMap<Long, Long> times = log.folder().list(0).times();
    for (var version : times.descendingMap().entrySet()) {
      if (history.size() == limit) {
        break;
      }
      log.entry(version.getKey(), version.getValue())
          .map(VersionTimes::info)
          .ifPresent(history::add);
    }
    return history;
  }

  @Override
  public List<DataFile> tombstones() {
    return log.look(table -> table == null ? List.of() : table.tombstones());
  }

  @Override
  public void checkpoint() {
    Frozen contents =
        log.look(
            table -> {
              if (table == null) {
                throw DeltaErrors.noSuchTable(location());
              }
              ProtocolGuard.requireWritable(location(), table);
              return table.freeze();
            });
    new Checkpoints(log.folder(), log.loader()).write(contents, System.currentTimeMillis());
    cleanUpNowAndThen(contents.metadata().properties());
  }

  /**
   * As Spark does at its checkpoints: a log that is written every second has 86,400 files more each
   * day.
   */
  private void cleanUpNowAndThen(Map<String, String> properties) {
    long now = System.nanoTime();
    long last = lastCleanUp.get();
    boolean wanted = !"false".equals(properties.get("delta.enableExpiredLogCleanup"));
    if (wanted && now - last > CLEAN_UP_EVERY.toNanos() && lastCleanUp.compareAndSet(last, now)) {
      LogCleanUp done = cleanUp(TableProperties.logRetention(properties));
      LOG.debug("{}: {} files of old versions deleted", location(), done.deleted().size());
    }
  }

  @Override
  public LogCleanUp cleanUp(Duration retention) {
    latestVersion();
    requireWritable();
    return new LogCleaner(log.folder(), log.loader())
        .deleteBefore(System.currentTimeMillis() - retention.toMillis());
  }

  @Override
  public LogCleanUp cleanUp() {
    TableState latest = latest().orElseThrow(() -> DeltaErrors.noSuchTable(location()));
    return cleanUp(TableProperties.logRetention(latest.properties()));
  }

  private long latestVersion() {
    return latest().orElseThrow(() -> DeltaErrors.noSuchTable(location())).version();
  }
}
