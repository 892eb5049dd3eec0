package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.Partition;
import dev.larder.io.delta.file.PartitionColumns;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.file.RowMapper;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.CommitInfo;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCleanUp;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.SchemaUnion;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.service.OptimizeReport;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.OptimizeTable;
import dev.larder.io.delta.service.ReplaceTable;
import dev.larder.io.delta.service.RestoreReport;
import dev.larder.io.delta.service.RestoreTable;
import dev.larder.io.delta.service.VacuumReport;
import dev.larder.io.delta.service.VacuumSettings;
import dev.larder.io.delta.service.VacuumTable;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as a driver sees it, without a pipeline: for a ledger, a mart, a report, a check.
 * Whatever grows with the data belongs into {@link DeltaIO}.
 *
 * <p><b>Guarantees</b>: every call sees the latest version. Writing methods are one commit each and
 * safe beside other writers, in this JVM and in others.
 */
public final class DeltaTable {
  private final String name;
  private final TableStore store;

  private DeltaTable(String name, TableStore store) {
    this.name = name;
    this.store = store;
  }

  /**
   * @param lake path or URI
   * @param name the table's path below the lake: {@code vault/hub_order}
   */
  public static DeltaTable of(String lake, String name) {
    return new DeltaTable(name, TableStores.of(lake, name));
  }

  /**
   * Creates the table as it is declared, empty; one that exists is left as it is, but for columns
   * that it lacks.
   *
   * @throws dev.larder.io.changes.UserException if it exists with another key or other types
   */
  public static DeltaTable create(String lake, TableSpec spec) {
    LoadPlan plan =
        LoadPlan.of(LoadPlan.Undeclared.REFUSE).withLake(lake).withTables(List.of(spec));
    TableLog log = plan.log(spec.name());
    TableState stored = log.latest().orElse(null);
    if (stored != null) {
      plan.requireSameKey(spec.name(), stored);
      plan.partitionColumns(spec.name(), stored); // refuses others than the stored ones
    }
    if (stored == null
        || SchemaUnion.of(log.location(), stored.schema(), spec.schema()) != stored.schema()) {
      LogCommit commit = new LogCommit(TableOperation.CREATE_TABLE, spec.schema());
      commit.properties = LoadPlan.properties(spec);
      commit.partitionColumns = spec.partitionedBy();
      log.commit(commit);
    }
    return of(lake, spec.name());
  }

  /** The table's absolute path, or its URI if it is not local. */
  public String location() {
    return store.location();
  }

  public boolean exists() {
    return log().latest().isPresent();
  }

  /** The latest version; empty if there is no table. */
  public Optional<DeltaSnapshot> find() {
    return log().latest().map(state -> new DeltaSnapshot(store, state));
  }

  /**
   * The latest version.
   *
   * @throws dev.larder.io.changes.UserException if there is no table
   */
  public DeltaSnapshot latest() {
    return find().orElseThrow(() -> DeltaErrors.noSuchTable(location()));
  }

  /**
   * @throws dev.larder.io.changes.UserException if there is no such version
   */
  public DeltaSnapshot at(long version) {
    return new DeltaSnapshot(store, log().at(version));
  }

  /**
   * The version that was the latest at a time, as Spark's {@code TIMESTAMP AS OF} finds it.
   *
   * @throws dev.larder.io.changes.UserException if the time lies before the oldest version or after
   *     the latest
   */
  public DeltaSnapshot asOf(Instant time) {
    return at(log().versionAsOf(time));
  }

  /** The latest batch that an application committed to this table; -1 if there is none. */
  public long batch(String appId) {
    return log().batch(appId);
  }

  /**
   * From which value of a column on rows came or went after one version and up to another, by the
   * statistics of files: nothing is read but the log. Files that were only rewritten do not count.
   *
   * @param after not counted itself; -1 for all versions
   * @throws dev.larder.io.changes.UserException if one of the versions is not there (any more)
   */
  public ChangedBound changedBound(String column, long after, long upTo) {
    return ChangedBound.of(log(), latest().schema(), column, after, upTo);
  }

  /**
   * Adds rows; creates the table if there is none. Without protection against repetition.
   *
   * @param rows canonical values in the schema's order
   * @return the new version
   */
  public long append(RowSchema schema, Iterator<Object[]> rows) {
    return append(schema, rows, SchemaPolicy.ADD, null).version();
  }

  /** As {@link #append(RowSchema, Iterator)}, for rows that may need other columns. */
  public long append(RowSchema schema, Iterator<Object[]> rows, SchemaPolicy policy) {
    return append(schema, rows, policy, null).version();
  }

  /**
   * Adds rows, unless the batch is in the table already; creates the table if there is none.
   *
   * @param rows canonical values in the schema's order
   * @param appId who writes; its batches have growing numbers
   * @return whether the rows were added
   */
  public boolean append(RowSchema schema, Iterator<Object[]> rows, String appId, long batch) {
    if (batch(appId) >= batch) {
      return false;
    }
    LogCommit.Transaction transaction = new LogCommit.Transaction(appId, batch);
    return !append(schema, rows, SchemaPolicy.ADD, transaction).alreadyCommitted();
  }

  private LogCommit.Outcome append(
      RowSchema schema,
      Iterator<Object[]> rows,
      SchemaPolicy policy,
      LogCommit.Transaction transaction) {
    TableLog log = log();
    log.requireWritable();
    TableState latest = log.latest().orElse(null);
    RowSchema stored = latest == null ? schema : latest.schema();
    RowSchema union = SchemaUnion.of(location(), stored, schema, policy);
    LogCommit commit = new LogCommit(TableOperation.WRITE, union);
    commit.transaction = transaction;
    commit.schemaPolicy = policy;
    List<String> partitions = latest == null ? List.of() : latest.partitionColumns();
    commit.added.addAll(
        partitions.isEmpty()
            ? write(union, RowMapper.between(schema, union), rows)
            : writePartitions(schema, union, partitions, rows));
    if (latest != null) {
      TypedFiles.bring(store, commit, union, latest);
    }
    if (!commit.readsAnything()) {
      TableCommitter.foldAppended(log, commit);
    }
    LogCommit.Outcome outcome = log.commit(commit);
    TableCommitter.checkpoint(log, outcome);
    return outcome;
  }

  /**
   * Replaces all rows and the columns, in one commit; creates the table if there is none. Readers
   * see the old rows or the new ones.
   *
   * @param rows canonical values in the schema's order
   * @return the new version
   * @throws dev.larder.io.changes.SinkException if another writer changed the table meanwhile
   */
  public long replace(RowSchema schema, Iterator<Object[]> rows) {
    TableLog log = log();
    LogCommit commit = new LogCommit(TableOperation.REPLACE_TABLE, schema);
    commit.replacesSchema = true;
    commit.readVersion = -1;
    log.latest()
        .ifPresent(
            stored -> {
              commit.readVersion = stored.version();
              commit.removed.addAll(stored.files());
            });
    commit.added.addAll(write(schema, RowMapper.between(schema, schema), rows));
    LogCommit.Outcome outcome = log.commit(commit);
    TableCommitter.checkpoint(log, outcome);
    return outcome.version();
  }

  /**
   * Replaces the rows of one version, in one commit, and keeps what was added since.
   *
   * @param version what the new rows stand for
   * @param rows canonical values in the order of the table's columns
   * @throws dev.larder.io.delta.log.ConflictException if something was removed since; nothing is
   *     committed
   */
  public void rewrite(long version, Iterator<Object[]> rows) {
    TableLog log = log();
    TableState seen = log.at(version);
    LogCommit commit = new LogCommit(TableOperation.WRITE, seen.schema());
    commit.removed.addAll(seen.files());
    commit.added.addAll(
        write(seen.schema(), RowMapper.between(seen.schema(), seen.schema()), rows));
    TableCommitter.checkpoint(log, log.commit(commit));
  }

  /**
   * Replaces all rows, the columns and the properties by those of another table, in one commit:
   * {@link ReplaceTable}. The old version stays in the history.
   *
   * @param version the latest version that the caller has seen of this table
   * @return the new version
   */
  public long replaceBy(DeltaTable other, long version) {
    return new ReplaceTable(log()).by(other.log(), version);
  }

  /**
   * Gives the table more properties, or others of the same names; no commit if it has them.
   *
   * @throws dev.larder.io.changes.UserException if there is no table
   */
  public void setProperties(Map<String, String> properties) {
    TableLog log = log();
    TableState stored = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(location()));
    if (stored.properties().entrySet().containsAll(properties.entrySet())) {
      return;
    }
    LogCommit commit = new LogCommit(TableOperation.SET_PROPERTIES, stored.schema());
    commit.changedProperties = Map.copyOf(properties);
    log.commit(commit);
  }

  /** One file is open for each partition: for few rows. */
  private List<DataFile> writePartitions(
      RowSchema schema, RowSchema union, List<String> columns, Iterator<Object[]> rows) {
    PartitionColumns partitions = PartitionColumns.of(schema, columns);
    RowSchema inFiles = PartitionColumns.inFiles(union, columns);
    RowMapper mapper = RowMapper.between(schema, inFiles);
    Map<Partition, RollingFiles> open = new HashMap<>();
    rows.forEachRemaining(
        row ->
            open.computeIfAbsent(
                    partitions.of(location(), row),
                    each ->
                        new RollingFiles(
                            store, inFiles, DataFile.ANY_BUCKET, each, RollingFiles.TARGET_SIZE))
                .write(mapper.map(row)));
    List<DataFile> written = new ArrayList<>();
    open.values().forEach(files -> written.addAll(files.finish()));
    return written;
  }

  private List<DataFile> write(RowSchema schema, RowMapper mapper, Iterator<Object[]> rows) {
    Iterator<Object[]> mapped =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Object[] next() {
            return mapper.map(rows.next());
          }
        };
    StatisticsScope scope =
        log()
            .latest()
            .map(TableState::properties)
            .map(StatisticsScope::of)
            .orElse(StatisticsScope.DEFAULT);
    return new TableFiles(store, scope).write(schema, DataFile.ANY_BUCKET, mapped);
  }

  /**
   * What was done to the table, newest first; less if the log has been cleaned up.
   *
   * @param limit so many versions at most
   * @throws dev.larder.io.changes.UserException if there is no table
   */
  public List<CommitInfo> history(int limit) {
    return log().history(limit);
  }

  /** Makes the rows, columns and properties of a version the latest: {@link RestoreTable}. */
  public RestoreReport restore(long version) {
    return new RestoreTable(name, log()).to(version);
  }

  /** {@link #restore(long)} of the version that was the latest at a time. */
  public RestoreReport restore(Instant time) {
    return new RestoreTable(name, log()).to(time);
  }

  /** Deletes files that the table needs no more: {@link VacuumTable}. */
  public VacuumReport vacuum(VacuumSettings settings) {
    return new VacuumTable(name, log(), settings).run(Instant.now());
  }

  /** Writes a checkpoint of the latest version, from which opening the table is cheap. */
  public void checkpoint() {
    log().checkpoint();
  }

  /**
   * Deletes what the log holds only for versions older than the table's {@code
   * delta.logRetentionDuration}, 30 days if that is not set. They can be read no more.
   */
  public LogCleanUp cleanUpLog() {
    return log().cleanUp();
  }

  /**
   * Compacts or clusters the table's files on this worker: {@link DeltaIO#optimize} without a
   * pipeline.
   */
  public OptimizeReport optimize(OptimizeSettings settings) {
    return new OptimizeTable(name, log(), settings).run();
  }

  private TableLog log() {
    return DeltaLogs.of(store);
  }

  /** {@link #location}. */
  @Override
  public String toString() {
    return location();
  }
}
