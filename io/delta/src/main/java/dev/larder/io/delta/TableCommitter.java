package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.SchemaUnion;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.List;
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

  private final LoadPlan plan;
  private final String table;

  TableCommitter(LoadPlan plan, String table) {
    this.plan = plan;
    this.table = table;
  }

  TableCommit commit(Iterable<PartResult> parts) {
    RowSchema schema = null;
    long rowsIn = 0;
    long rowsAdded = 0;
    List<PartResult> all = new ArrayList<>();
    for (PartResult part : parts) {
      all.add(part);
      rowsIn += part.rowsIn();
      rowsAdded += part.rowsAdded();
      schema =
          schema == null
              ? part.schema()
              : SchemaUnion.of(plan.store(table).location(), schema, part.schema());
    }
    LogCommit commit = commit(all, schema);
    commit.partitionColumns = plan.partitionColumns(table, null);
    TableLog log = plan.log(table);
    TableState latest = log.latest().orElse(null);
    if (commit.added.isEmpty() && commit.removed.isEmpty() && commit.folded.isEmpty()) {
      boolean already = latest != null && log.batch(plan.appId()) >= plan.batch();
      long version = latest == null ? -1 : latest.version();
      return new TableCommit(table, version, rowsIn, 0, 0, 0, 0, already);
    }
    if (commit.readVersion == LogCommit.READS_NOTHING) {
      foldAppended(log, commit);
    }
    LogCommit.Outcome outcome = log.commit(commit);
    if (outcome.alreadyCommitted()) {
      return new TableCommit(table, outcome.version(), rowsIn, 0, 0, 0, 0, true);
    }
    checkpoint(log, outcome);
    return new TableCommit(
        table,
        outcome.version(),
        rowsIn,
        rowsAdded,
        commit.added.size() + commit.folded.size(),
        commit.removed.size() + commit.foldedAway.size(),
        bytes(commit.added) + bytes(commit.folded),
        false);
  }

  private LogCommit commit(List<PartResult> parts, RowSchema schema) {
    LogCommit commit =
        new LogCommit(
            LoadPlan.key(plan.rule(table)).isEmpty() ? TableOperation.WRITE : TableOperation.MERGE,
            schema);
    commit.properties = plan.properties(table);
    commit.transaction = plan.transaction();
    for (PartResult part : parts) {
      commit.added.addAll(part.added());
      commit.removed.addAll(part.removed());
      commit.folded.addAll(part.folded());
      commit.foldedAway.addAll(part.foldedAway());
      commit.readVersion =
          commit.readVersion == LogCommit.READS_NOTHING
              ? part.readVersion()
              : Math.min(commit.readVersion, part.readVersion());
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
              commit.folded.addAll(fold(log, schema, partition, small));
            });
  }

  private static List<DataFile> fold(
      TableLog log, RowSchema schema, Partition partition, List<DataFile> small) {
    RollingFiles folded =
        new RollingFiles(
            log.store(), schema, DataFile.ANY_BUCKET, partition, RollingFiles.TARGET_SIZE);
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
