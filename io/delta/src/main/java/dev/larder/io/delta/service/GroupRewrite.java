package dev.larder.io.delta.service;

import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.ConflictException;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the files of one group anew and commits them as one version that changes no row.
 *
 * <p><b>Guarantees</b>: readers see the old files or the new ones. If another writer removes one of
 * the old files first, the new files of its set are deleted and what is left of the set is written
 * again, a few times; the others are committed.
 */
final class GroupRewrite {
  private static final Logger LOG = LoggerFactory.getLogger(GroupRewrite.class);
  private static final int ATTEMPTS = 5;

  private final TableLog log;
  private final OptimizeSettings settings;
  private final LongConsumer progress;

  /**
   * @param progress takes numbers of rows as they are written
   */
  GroupRewrite(TableLog log, OptimizeSettings settings, LongConsumer progress) {
    this.log = log;
    this.settings = settings;
    this.progress = progress;
  }

  private record Written(FileSet set, List<DataFile> added, long rows) {}

  /** Does what the group says, as far as its files are still live. */
  RewriteResult run(FileGroup group) {
    List<Written> written = new ArrayList<>();
    List<FileSet> pending = group.sets();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      TableState table = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
      log.requireWritable();
      writeOrClean(table, pending, written);
      if (written.isEmpty()) {
        return RewriteResult.NOTHING;
      }
      try {
        log.commit(commit(table, written));
        return result(written);
      } catch (ConflictException e) {
        LOG.info("{}: attempt {} to optimize: {}", log.location(), attempt, e.getMessage());
        pending = withdraw(written);
      }
    }
    written.forEach(each -> delete(each.added));
    return RewriteResult.givenUp(pending.size() + written.size());
  }

  /**
   * What was written before a failure is in nobody's way, but vacuum would find it only in a week.
   * After a failure of the commit nothing is deleted: it may have landed.
   */
  private void writeOrClean(TableState table, List<FileSet> pending, List<Written> written) {
    try {
      write(table, pending, written);
    } catch (RuntimeException failure) {
      try {
        written.forEach(each -> delete(each.added));
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  private void write(TableState table, List<FileSet> pending, List<Written> written) {
    Set<String> live = live(table);
    SetRewrite rewrite =
        new SetRewrite(log.store(), settings.in(log.location(), table), table, progress);
    for (FileSet set : pending) {
      FileSet left = set.withFiles(stillLive(set, live));
      if (left.isWorthwhile()) {
        List<DataFile> added = rewrite.write(left);
        written.add(new Written(left, added, rewrite.rows()));
      }
    }
  }

  private static Set<String> live(TableState table) {
    Set<String> live = new HashSet<>();
    table.files().forEach(file -> live.add(file.path()));
    return live;
  }

  private static List<DataFile> stillLive(FileSet set, Set<String> live) {
    return set.files().stream().filter(file -> live.contains(file.path())).toList();
  }

  /** Takes out the sets that lost a file, deletes what was written for them, and returns them. */
  private List<FileSet> withdraw(List<Written> written) {
    Set<String> live = log.latest().map(GroupRewrite::live).orElse(Set.of());
    List<Written> lost =
        written.stream()
            .filter(each -> stillLive(each.set, live).size() < each.set.files().size())
            .toList();
    written.removeAll(lost);
    lost.forEach(each -> delete(each.added));
    return lost.stream().map(Written::set).toList();
  }

  private void delete(List<DataFile> files) {
    files.forEach(file -> log.store().delete(log.store().name(file.path())));
  }

  private LogCommit commit(TableState table, List<Written> written) {
    LogCommit commit = new LogCommit(TableOperation.OPTIMIZE, table.schema());
    commit.onLostFold = LogCommit.OnLostFold.REFUSE;
    for (Written each : written) {
      commit.foldedAway.addAll(each.set.files());
      commit.folded.addAll(each.added);
    }
    RewriteResult result = result(written);
    commit.parameters.put("predicate", "[]");
    commit.parameters.put("clusterBy", settings.clusterTag());
    commit.metrics.put("numRemovedFiles", Integer.toString(result.filesRemoved()));
    commit.metrics.put("numRemovedBytes", Long.toString(result.bytesRemoved()));
    commit.metrics.put("numAddedFiles", Integer.toString(result.filesAdded()));
    commit.metrics.put("numAddedBytes", Long.toString(result.bytesAdded()));
    return commit;
  }

  private static RewriteResult result(List<Written> written) {
    RewriteResult result = RewriteResult.NOTHING;
    for (Written each : written) {
      result =
          result.plus(
              new RewriteResult(
                  0,
                  each.rows,
                  each.set.files().size(),
                  each.set.bytes(),
                  each.added.size(),
                  FileSet.bytes(each.added),
                  0));
    }
    return result.plus(new RewriteResult(1, 0, 0, 0, 0, 0, 0));
  }
}
