package dev.larder.io.delta.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.store.TableStore;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.Snapshot;
import io.delta.standalone.VersionLog;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.actions.RemoveFile;
import io.delta.standalone.actions.SetTransaction;
import io.delta.standalone.exceptions.DeltaConcurrentModificationException;
import io.delta.standalone.internal.DeltaLogImpl;
import io.delta.standalone.internal.SnapshotImpl;
import io.delta.standalone.types.StructType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link TableLog} by delta-standalone 3.3.2. What it does wrong or leaves to its caller is mended
 * here; each numbered comment names the test that fails without it.
 */
public final class StandaloneLog implements TableLog {
  private static final Logger LOG = LoggerFactory.getLogger(StandaloneLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENGINE = "Larder";
  private static final int ATTEMPTS = 20;
  private static final int MAX_WRITER = 2;

  private final TableStore store;
  private DeltaLog log;
  private TableState state;

  StandaloneLog(TableStore store) {
    this.store = store;
  }

  @Override
  public TableStore store() {
    return store;
  }

  @Override
  public synchronized Optional<TableState> latest() {
    Snapshot snapshot = updated();
    if (snapshot.getVersion() < 0) {
      return Optional.empty();
    }
    if (state == null || state.version() != snapshot.getVersion()) {
      state = state(snapshot);
    }
    return Optional.of(state);
  }

  @Override
  public TableState at(long version) {
    TableState latest = latest().orElseThrow(() -> DeltaErrors.noSuchTable(path()));
    if (latest.version() == version) {
      return latest;
    }
    try {
      return state(opened().getSnapshotForVersionAsOf(version));
    } catch (LarderException e) {
      throw e;
    } catch (Exception e) {
      throw DeltaErrors.noSuchVersion(path(), version, latest.version());
    }
  }

  @Override
  public long versionAsOf(Instant time) {
    throw new UnsupportedOperationException("comes with the log's own state");
  }

  @Override
  public List<VersionChanges> changes(long from, long to) {
    throw new UnsupportedOperationException("comes with the log's own state");
  }

  @Override
  public List<CommitInfo> history(int limit) {
    throw new UnsupportedOperationException("comes with the log's own state");
  }

  @Override
  public List<DataFile> tombstones() {
    throw new UnsupportedOperationException("comes with the log's own state");
  }

  @Override
  public LogCleanUp cleanUp(Duration retention) {
    throw new UnsupportedOperationException("comes with the log's own state");
  }

  @Override
  public LogCleanUp cleanUp() {
    throw new UnsupportedOperationException("comes with the log's own state");
  }

  @Override
  public synchronized long batch(String appId) {
    return updated().getVersion() < 0 ? -1 : opened().startTransaction().txnVersion(appId);
  }

  @Override
  public void requireWritable() {
    Snapshot snapshot = opened().snapshot();
    if (snapshot.getVersion() >= 0) {
      requireWritable(snapshot);
    }
  }

  private void requireWritable(Snapshot snapshot) {
    if (((SnapshotImpl) snapshot).protocol().getMinWriterVersion() > MAX_WRITER) {
      throw ProtocolGuard.explain(store);
    }
    DeltaTypes.requireWritable(path(), snapshot.getMetadata().getSchema());
  }

  @Override
  public synchronized LogCommit.Outcome commit(LogCommit commit) {
    boolean fold = true;
    for (int attempt = 1; ; attempt++) {
      OptimisticTransaction transaction = started();
      // Asked in the transaction, or two writers with one batch both commit
      // (StandaloneLogTest.twoWritersWithOneBatchCommitOnce).
      if (isCommitted(transaction, commit.transaction)) {
        return new LogCommit.Outcome(transaction.readVersion(), true);
      }
      Snapshot snapshot = opened().snapshot();
      if (snapshot.getVersion() >= 0) {
        requireWritable(snapshot);
      }
      Set<String> live =
          commit.removed.isEmpty() && commit.foldedAway.isEmpty() ? Set.of() : live(snapshot);
      requireUnchanged(commit, transaction.readVersion(), live);
      fold = fold && commit.foldedAway.stream().allMatch(file -> live.contains(file.path()));
      try {
        return new LogCommit.Outcome(attempt(transaction, commit, fold), false);
      } catch (DeltaConcurrentModificationException e) {
        if (attempt == ATTEMPTS) {
          throw DeltaErrors.commitFailed(path(), e);
        }
        LOG.debug("{}: commit attempt {} met another writer", path(), attempt, e);
      } catch (LarderException e) {
        throw e;
      } catch (Exception e) { // delta-standalone throws IOException undeclared
        // A commit may have landed although it threw: ask a fresh log
        // (StandaloneLogTest.aCommitThatThrewAfterItLandedIsNotRepeated).
        log = null;
        if (landed(commit, e)) {
          return new LogCommit.Outcome(opened().snapshot().getVersion(), false);
        }
        throw DeltaErrors.commitFailed(path(), e);
      }
    }
  }

  /** Names of files are unique: where one of them is live, its commit is. */
  private boolean landed(LogCommit commit, Exception thrown) {
    try {
      return isCommitted(started(), commit.transaction)
          || !commit.added.isEmpty()
              && live(opened().snapshot()).contains(commit.added.get(0).path());
    } catch (LarderException e) {
      e.addSuppressed(thrown);
      throw DeltaErrors.commitUnknown(path(), e);
    }
  }

  private static boolean isCommitted(
      OptimisticTransaction transaction, LogCommit.Transaction wanted) {
    return wanted != null && transaction.txnVersion(wanted.appId()) >= wanted.batch();
  }

  private long attempt(OptimisticTransaction transaction, LogCommit commit, boolean fold) {
    List<Action> actions = new ArrayList<>();
    if (commit.transaction != null) {
      actions.add(
          new SetTransaction(
              commit.transaction.appId(),
              commit.transaction.batch(),
              Optional.of(System.currentTimeMillis())));
    }
    updateMetadata(transaction, commit);
    if (commit.readsAnything()) {
      // A predicate on other than partition columns would register nothing
      // (StandaloneLogTest.aMergeIsRefusedIfAnotherWriterAppended).
      transaction.readWholeTable();
    }
    commit.removed.forEach(file -> actions.add(remove(file, true)));
    commit.added.forEach(file -> actions.add(add(file, true)));
    if (fold) {
      commit.foldedAway.forEach(file -> actions.add(remove(file, false)));
      commit.folded.forEach(file -> actions.add(add(file, false)));
    }
    return transaction
        .commit(actions, new Operation(name(commit.operation), parameters(commit)), ENGINE)
        .getVersion();
  }

  private static Operation.Name name(TableOperation operation) {
    return Operation.Name.valueOf(operation.name());
  }

  private static Map<String, String> parameters(LogCommit commit) {
    return commit.operation == TableOperation.WRITE ? Map.of("mode", "\"Append\"") : Map.of();
  }

  private void updateMetadata(OptimisticTransaction transaction, LogCommit commit) {
    if (transaction.readVersion() < 0) {
      transaction.updateMetadata(
          Metadata.builder()
              .schema(DeltaTypes.toDelta(path(), commit.schema))
              .configuration(commit.properties)
              .createdTime(System.currentTimeMillis())
              .build());
      return;
    }
    Metadata metadata = transaction.metadata();
    StructType stored = metadata.getSchema();
    if (!commit.replacesSchema) {
      SchemaUnion.of(path(), DeltaTypes.fromDelta(path(), stored), commit.schema);
    }
    StructType wanted = DeltaTypes.toDelta(path(), commit.schema);
    StructType schema = commit.replacesSchema ? wanted : DeltaTypes.withColumnsOf(stored, wanted);
    if (!schema.equals(stored)) {
      transaction.updateMetadata(metadata.copyBuilder().schema(schema).build());
    }
  }

  private static AddFile add(DataFile file, boolean dataChange) {
    return new AddFile(
        file.path(),
        Map.of(),
        file.size(),
        file.modifiedAt(),
        dataChange,
        escaped(file.stats()),
        file.tags());
  }

  /**
   * {@code remove()} alone would say that no data changed (StandaloneLogTest.aRewriteChangesData).
   */
  private static RemoveFile remove(DataFile file, boolean dataChange) {
    return add(file, dataChange).remove(dataChange);
  }

  /**
   * Statistics are written into the log as they stand: they must be a JSON string literal already
   * (StandaloneLogTest.statisticsAreAStringInTheLog).
   */
  private static String escaped(String stats) {
    try {
      return stats == null ? null : JSON.writeValueAsString(stats);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a string has a JSON form", e);
    }
  }

  /**
   * Whether others changed what a merge has read since it read it. The transaction itself watches
   * only from its own start on.
   */
  private void requireUnchanged(LogCommit commit, long now, Set<String> live) {
    long read = commit.readVersion;
    for (long version : commit.readBuckets().values()) {
      read = read == LogCommit.READS_NOTHING ? version : Math.min(read, version);
    }
    if (read == LogCommit.READS_NOTHING || read == now) {
      return;
    }
    if (read > now || read < 0) {
      throw conflict(read, now, "made it anew");
    }
    Iterator<VersionLog> changes = opened().getChanges(read + 1, true);
    while (changes.hasNext()) {
      for (Action action : changes.next().getActions()) {
        if (action instanceof AddFile file && file.isDataChange()) {
          throw conflict(read, now, "added rows");
        } else if (action instanceof RemoveFile file && file.isDataChange()) {
          throw conflict(read, now, "removed rows");
        } else if (action instanceof Metadata) {
          throw conflict(read, now, "changed its columns");
        }
      }
    }
    if (!commit.removed.stream().allMatch(file -> live.contains(file.path()))) {
      throw conflict(read, now, "rewrote its files");
    }
  }

  private ConflictException conflict(long read, long now, String what) {
    return new ConflictException(
        DeltaErrors.conflict(path(), read, now, what), Set.of(DataFile.ANY_BUCKET));
  }

  private static Set<String> live(Snapshot snapshot) {
    return snapshot.getVersion() < 0
        ? Set.of()
        : snapshot.getAllFiles().stream().map(AddFile::getPath).collect(Collectors.toSet());
  }

  /**
   * Checkpoints are kept out of commits, where their failure would look like the commit's
   * (StandaloneLogTest.aCommitDoesNotDependOnTheCheckpoint). The writer's log cannot write one
   * then, so another is opened for it.
   */
  @Override
  public void checkpoint() {
    ((DeltaLogImpl) DeltaLog.forTable(configuration(true), hadoopPath())).checkpoint();
  }

  private TableState state(Snapshot snapshot) {
    Metadata metadata = snapshot.getMetadata();
    if (!metadata.getPartitionColumns().isEmpty()) {
      throw DeltaErrors.partitioned(path(), metadata.getPartitionColumns());
    }
    List<DataFile> files = new ArrayList<>();
    for (AddFile file : snapshot.getAllFiles()) {
      files.add(
          new DataFile(
              file.getPath(),
              file.getSize(),
              file.getModificationTime(),
              file.getStats(),
              file.getTags()));
    }
    return new TableState(
        snapshot.getVersion(),
        Instant.EPOCH,
        DeltaTypes.fromDelta(path(), metadata.getSchema()),
        metadata.getPartitionColumns(),
        Map.copyOf(metadata.getConfiguration()),
        List.copyOf(files));
  }

  private OptimisticTransaction started() {
    updated();
    return opened().startTransaction();
  }

  private synchronized Snapshot updated() {
    try {
      return opened().update();
    } catch (Exception e) { // delta-standalone throws IOException undeclared
      log = null;
      throw ProtocolGuard.explain(store, e);
    }
  }

  private synchronized DeltaLog opened() {
    if (log == null) {
      try {
        log = DeltaLog.forTable(configuration(false), hadoopPath());
      } catch (Exception e) { // delta-standalone throws IOException undeclared
        throw ProtocolGuard.explain(store, e);
      }
    }
    return log;
  }

  private Path hadoopPath() {
    return new Path(store.uri());
  }

  private String path() {
    return store.location();
  }

  private Configuration configuration(boolean checkpoints) {
    Configuration configuration = store.hadoop();
    configuration.setBoolean("io.delta.standalone.checkpointing.enabled", checkpoints);
    return configuration;
  }
}
