package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.ConflictException;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what was written for all parts of a table as one version. */
final class TableCommitter {
  private static final Logger LOG = LoggerFactory.getLogger(TableCommitter.class);

  /** A table that is only appended to has its small files folded when there are more. */
  static final int MAX_LIKE_FILES = 32;

  /**
   * A checkpoint is written every so many versions. Reading the checkpoint of a small table costs
   * more than reading 100 commits.
   */
  static final int CHECKPOINT_INTERVAL = 100;

  private static final int ATTEMPTS = 20;
  private static final long FIRST_BACK_OFF_MS = 10;
  private static final long MAX_BACK_OFF_MS = 2_000;

  private final LoadPlan plan;
  private final String table;
  private final MergeAgain again;

  TableCommitter(LoadPlan plan, String table) {
    this.plan = plan;
    this.table = table;
    this.again = new MergeAgain(plan, table);
  }

  /**
   * Commits the parts' files. Parts whose buckets another writer changed meanwhile are merged
   * again, on what that one left.
   *
   * @throws dev.larder.io.delta.log.ConflictException if others were faster {@value #ATTEMPTS}
   *     times
   */
  TableCommit commit(Iterable<PartResult> results) {
    List<PartResult> parts = new ArrayList<>();
    results.forEach(parts::add);
    List<KeptRows> kept = parts.stream().map(PartResult::came).toList();
    TableLog log = plan.log(table);
    TableCommit committed = commit(log, parts);
    // Not after a failure: the runner may come again with the same parts.
    kept.forEach(each -> each.delete(log.store()));
    return committed;
  }

  private TableCommit commit(TableLog log, List<PartResult> results) {
    List<PartResult> parts = results;
    for (int attempt = 1; ; attempt++) {
      if (log.latest().isPresent() && log.batch(plan.appId()) >= plan.batch()) {
        return unchanged(log, parts, true);
      }
      try {
        if (again.mustMergeWhole(parts)) {
          parts = again.whole(parts);
        }
        LogCommit commit = commit(log, parts, schema(parts));
        return commit.added.isEmpty() && commit.removed.isEmpty() && commit.folded.isEmpty()
            ? unchanged(log, parts, false)
            : committed(log, commit, parts);
      } catch (ConflictException e) {
        if (attempt == ATTEMPTS || plan.replacements().containsKey(table)) {
          throw e;
        }
        LOG.info("{}: attempt {} to commit met another writer", log.location(), attempt, e);
        backOff(attempt);
        parts = again.affected(parts, e);
      }
    }
  }

  /** So many times parts were merged again, because of other writers. */
  int partsMergedAgain() {
    return again.count();
  }

  private static void backOff(int attempt) {
    long limit = Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS << attempt);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RowSchema schema(List<PartResult> parts) {
    RowSchema schema = null;
    for (PartResult part : parts) {
      schema = plan.union(table, schema, part.schema());
    }
    return schema;
  }

  private TableCommit unchanged(TableLog log, List<PartResult> parts, boolean already) {
    long version = log.latest().map(TableState::version).orElse(-1L);
    return new TableCommit(table, version, rowsIn(parts), 0, 0, 0, 0, already);
  }

  private static long rowsIn(List<PartResult> parts) {
    return parts.stream().mapToLong(PartResult::rowsIn).sum();
  }

  private TableCommit committed(TableLog log, LogCommit commit, List<PartResult> parts) {
    if (!commit.readsAnything()) {
      foldAppended(log, commit);
    }
    LogCommit.Outcome outcome = log.commit(commit);
    if (outcome.alreadyCommitted()) {
      return unchanged(log, parts, true);
    }
    checkpoint(log, outcome);
    return new TableCommit(
        table,
        outcome.version(),
        rowsIn(parts),
        parts.stream().mapToLong(PartResult::rowsAdded).sum(),
        commit.added.size() + commit.folded.size(),
        commit.removed.size() + commit.foldedAway.size(),
        bytes(commit.added) + bytes(commit.folded),
        false);
  }

  private LogCommit commit(TableLog log, List<PartResult> parts, RowSchema columns) {
    TableState latest = plan.kept(table, log.latest().orElse(null));
    RowSchema schema = latest == null ? columns : plan.union(table, latest.schema(), columns);
    boolean isAppend = plan.rule(table) instanceof LoadRule.Append;
    LogCommit commit =
        new LogCommit(isAppend ? TableOperation.WRITE : TableOperation.MERGE, schema);
    commit.properties = plan.properties(table);
    commit.schemaPolicy = plan.schemaPolicy();
    commit.partitionColumns = plan.partitionColumns(table, latest);
    commit.transaction = plan.transaction();
    int buckets = plan.buckets(table, latest);
    for (PartResult part : parts) {
      plan.requirePartitions(table, commit.partitionColumns, part.added());
      commit.added.addAll(part.added());
      commit.removed.addAll(part.removed());
      commit.folded.addAll(part.folded());
      commit.foldedAway.addAll(part.foldedAway());
      if (part.readVersion() != LogCommit.READS_NOTHING) {
        commit.reads(buckets == 1 ? DataFile.ANY_BUCKET : part.part(), part.readVersion());
      }
    }
    Replacement replacement = plan.replacements().get(table);
    if (replacement != null) {
      replacement.addTo(commit, log);
    }
    if (!parts.isEmpty()) {
      TypedFiles.bring(log.store(), commit, schema, latest);
    }
    return commit;
  }

  /** Lets an append fold the table's small files, partition by partition, where too many are. */
  static void foldAppended(TableLog log, LogCommit commit) {
    TableState latest = log.latest().orElse(null);
    if (latest == null || latest.files().size() <= MAX_LIKE_FILES) {
      return;
    }
    RowSchema schema = PartitionColumns.inFiles(latest.schema(), latest.partitionColumns());
    latest.files().stream()
        .collect(Collectors.groupingBy(TableRoute.Appended::partition))
        .forEach(
            (partition, files) -> {
              List<DataFile> small = FoldPolicy.choose(files, MAX_LIKE_FILES);
              commit.foldedAway.addAll(small);
              StatisticsScope scope = StatisticsScope.of(latest.properties());
              commit.folded.addAll(fold(log, schema, scope, partition, small));
            });
  }

  private static List<DataFile> fold(
      TableLog log,
      RowSchema schema,
      StatisticsScope scope,
      Partition partition,
      List<DataFile> small) {
    RollingFiles folded =
        new RollingFiles(
                log.store(), schema, DataFile.ANY_BUCKET, partition, RollingFiles.TARGET_SIZE)
            .withStatistics(scope);
    try (RowIterator rows = new TableFiles(log.store()).rows(small, schema, row -> true)) {
      rows.forEachRemaining(folded::write);
    }
    return folded.finish();
  }

  /** A checkpoint only saves time: without one the table is read from its commits. */
  static void checkpoint(TableLog log, LogCommit.Outcome outcome) {
    long version = outcome.version();
    if (!outcome.alreadyCommitted() && version > 0 && version % CHECKPOINT_INTERVAL == 0) {
      try {
        log.checkpoint();
      } catch (RuntimeException e) {
        LOG.warn(
            "{}: no checkpoint of version {}; the next one is tried later",
            log.location(),
            version,
            e);
      }
    }
  }

  private static long bytes(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::size).sum();
  }
}
