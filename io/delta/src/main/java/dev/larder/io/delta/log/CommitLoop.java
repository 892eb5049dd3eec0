package dev.larder.io.delta.log;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.error.LogErrors;
import dev.larder.io.delta.log.ConflictCheck.Conflict;
import dev.larder.io.delta.log.TableContents.Applied;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one commit out: looks at the latest version, checks that the commit still holds, writes
 * the next version, and does so again if another writer was faster.
 *
 * <p><b>Guarantees</b>: whatever the store answers, the commit is in the log once or not at all. It
 * bears a name of its own (commitInfo.txnId), by which it is recognised after an error that came
 * when it was written already.
 */
final class CommitLoop {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);
  private static final int ATTEMPTS = 40;
  private static final long FIRST_PAUSE_MS = 10;
  private static final long LONGEST_PAUSE_MS = 1_000;

  private final AdvancingLog log;
  private final String path;
  private final LogCommit commit;
  private final String txnId = UUID.randomUUID().toString();
  private long tried = Long.MAX_VALUE;

  CommitLoop(AdvancingLog log, LogCommit commit) {
    this.log = log;
    this.path = log.folder().location();
    this.commit = commit;
  }

  LogCommit.Outcome run() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<LogCommit.Outcome> outcome = attempt();
      if (outcome.isPresent()) {
        return outcome.get();
      }
      LOG.debug("{}: commit attempt {} met another writer", path, attempt);
      pause(attempt);
    }
    throw LogErrors.contended(path, ATTEMPTS);
  }

  private void pause(int attempt) {
    long longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DeltaErrors.commitFailed(path, e);
    }
  }

  /** Empty if another writer took the version. Nobody else looks at the log meanwhile. */
  private Optional<LogCommit.Outcome> attempt() {
    synchronized (log) {
      TableContents table;
      try {
        table = log.look(seen -> seen);
      } catch (LarderException e) {
        throw tried == Long.MAX_VALUE ? e : DeltaErrors.commitUnknown(path, e);
      }
      Optional<LogCommit.Outcome> done = done(table);
      if (done.isPresent()) {
        return done;
      }
      List<String> lines = lines(table);
      tried = Math.min(tried, table == null ? 0 : table.version() + 1);
      try {
        return Optional.of(new LogCommit.Outcome(log.write(lines), false));
      } catch (FileAlreadyExistsException e) {
        // Even so it may be ours: a store may have tried twice (CommitLoopTest
        // .aStoreThatTriesTwiceDoesNotMakeUsCommitTwice).
        return Optional.empty();
      } catch (IOException | RuntimeException e) {
        return Optional.of(landed(e));
      }
    }
  }

  /** After an error: a commit may have landed although it threw. */
  private LogCommit.Outcome landed(Exception thrown) {
    Optional<LogCommit.Outcome> done;
    try {
      done = done(log.look(seen -> seen));
    } catch (LarderException e) {
      e.addSuppressed(thrown);
      throw DeltaErrors.commitUnknown(path, e);
    }
    return done.orElseThrow(() -> DeltaErrors.commitFailed(path, thrown));
  }

  /** The outcome if this commit, or its batch by another writer, is in the log. */
  private Optional<LogCommit.Outcome> done(TableContents table) {
    if (table == null) {
      return Optional.empty();
    }
    if (tried <= table.version()) {
      // Versions that were cleaned up within the pause of a commit do not happen; if they do, the
      // batch still tells.
      for (Applied applied : log.since(tried - 1).orElse(List.of())) {
        if (applied.entry().txnId().equals(txnId)) {
          return Optional.of(new LogCommit.Outcome(applied.entry().version(), false));
        }
      }
    }
    return commit.transaction != null
            && table.batch(commit.transaction.appId()) >= commit.transaction.batch()
        ? Optional.of(new LogCommit.Outcome(table.version(), true))
        : Optional.empty();
  }

  private List<String> lines(TableContents table) {
    boolean folds = true;
    if (table != null) {
      ProtocolGuard.requireWritable(path, table);
      requireRemovable(table);
      requireUnchanged(table);
      folds = folds(table);
    } else {
      requireNothingRead();
    }
    long now = System.currentTimeMillis();
    TableMetadata metadata = MetadataChange.after(path, table, commit, restored(table), now);
    if (table != null && !commit.replacesSchema) {
      requireTypes(table, metadata);
    }
    MetadataChange.requirePartitionValues(metadata, commit);
    return new CommitDraft(commit, txnId, now, folds).lines(table, metadata);
  }

  /** Every file must hold the types that the table has after the commit. */
  private void requireTypes(TableContents table, TableMetadata after) {
    RowSchema types = after.schema(path);
    Set<Integer> all = Set.of(DataFile.ANY_BUCKET);
    if (!commit.added.isEmpty() && !MetadataChange.holdsTypes(types, commit.schema)) {
      throw conflict(commit.readVersion, table.version(), "changed its columns", all);
    }
    if (!MetadataChange.holdsTypes(types, table.metadata().schema(path))) {
      Set<String> gone = new HashSet<>();
      commit.removed.forEach(file -> gone.add(file.path()));
      commit.foldedAway.forEach(file -> gone.add(file.path()));
      if (!gone.containsAll(table.paths())) {
        throw conflict(commit.readVersion, table.version(), "added rows", all);
      }
    }
  }

  private TableMetadata restored(TableContents table) {
    return commit.metadataOf.isEmpty()
        ? null
        : log.contents(commit.metadataOf.getAsLong(), table == null ? -1 : table.version())
            .metadata();
  }

  private void requireRemovable(TableContents table) {
    if (!commit.removed.isEmpty() && TableProperties.appendOnly(table.metadata().properties())) {
      throw LogErrors.appendOnly(path);
    }
  }

  /** A commit that has read a table which is not there any more. */
  private void requireNothingRead() {
    long read = oldestRead();
    if (read != LogCommit.READS_NOTHING && read >= 0) {
      throw conflict(read, -1, "removed it", Set.of(DataFile.ANY_BUCKET));
    }
    List<DataFile> lost = new ArrayList<>(commit.removed);
    if (commit.onLostFold == LogCommit.OnLostFold.REFUSE) {
      lost.addAll(commit.foldedAway);
    }
    if (!lost.isEmpty()) {
      throw new ConflictException(
          LogErrors.filesGone(path, lost.size(), -1), ConflictCheck.gone(lost));
    }
  }

  private long oldestRead() {
    long oldest = commit.readVersion;
    for (long version : commit.readBuckets().values()) {
      oldest = oldest == LogCommit.READS_NOTHING ? version : Math.min(oldest, version);
    }
    return oldest;
  }

  private void requireUnchanged(TableContents table) {
    long now = table.version();
    long read = oldestRead();
    if (read != LogCommit.READS_NOTHING && read != now) {
      Set<Integer> all = Set.of(DataFile.ANY_BUCKET);
      if (read > now || read < 0) {
        throw conflict(read, now, "made it anew", all);
      }
      List<Applied> since =
          log.since(read).orElseThrow(() -> conflict(read, now, "cleaned its log up", all));
      Optional<Conflict> found = ConflictCheck.of(commit, since, path);
      if (found.isPresent()) {
        throw conflict(found.get().read(), now, found.get().what(), found.get().buckets());
      }
    }
    requireLive(table, commit.removed, read);
    if (commit.onLostFold == LogCommit.OnLostFold.REFUSE) {
      requireLive(table, commit.foldedAway, read);
    }
  }

  /** A version may remove what is not there without an error: nobody else would notice. */
  private void requireLive(TableContents table, List<DataFile> files, long read) {
    List<DataFile> gone = files.stream().filter(file -> !table.isLive(file)).toList();
    if (gone.isEmpty()) {
      return;
    }
    if (read != LogCommit.READS_NOTHING) {
      throw conflict(read, table.version(), "rewrote its files", ConflictCheck.gone(gone));
    }
    throw new ConflictException(
        LogErrors.filesGone(path, gone.size(), table.version()), ConflictCheck.gone(gone));
  }

  private boolean folds(TableContents table) {
    return commit.foldedAway.stream().allMatch(table::isLive);
  }

  private ConflictException conflict(long read, long now, String what, Set<Integer> buckets) {
    return new ConflictException(
        read == LogCommit.READS_NOTHING
            ? LogErrors.overtaken(path, now, what)
            : DeltaErrors.conflict(path, read, now, what),
        buckets);
  }
}
