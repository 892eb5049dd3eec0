package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;

/**
 * Reads, appends to and merges into Delta Lake tables. Rows are {@link TableRow}s with canonical
 * values; one PCollection may hold rows of many tables, so that a pipeline has the same few steps
 * for 3 tables and for 3,000.
 *
 * <h2>Reading</h2>
 *
 * <pre>{@code
 * PCollection<TableRow> orders = pipeline.apply(
 *     DeltaIO.readRows()
 *         .from(lake, "vault/sat_order")
 *         .withColumns(List.of("order_hk", "price"))
 *         .where(Filter.atLeast("load_date", start)));
 * }</pre>
 *
 * The files of one version (the latest, {@link ReadRows#atVersion}, {@link ReadRows#asOf}) are read
 * side by side, large ones by several workers. Only the wanted columns are read, and only files,
 * row groups and pages in which rows may pass the {@link dev.larder.io.delta.filter.Filter}; it
 * follows SQL's logic of absent values and is exact. Partition columns, which files lack, are
 * filled in. A column that was added after a file was written is null in its rows.
 *
 * <h2>Reading changes</h2>
 *
 * <pre>{@code
 * DeltaIO.readChanges().from(lake, "vault/sat_order").afterVersion(41)
 * }</pre>
 *
 * What versions inserted, deleted and updated, in the columns of Delta's change data feed, derived
 * from the files that they added and removed: no feed has to be enabled. {@link ReadChanges} says
 * how, and what it costs.
 *
 * <h2>Appending</h2>
 *
 * <pre>{@code
 * rows.apply(DeltaIO.writeRows().to(lake).withTransaction("stream-1", batch));
 * }</pre>
 *
 * Each row goes into the table it names. A table that is not there is created from its rows.
 *
 * <h2>Merging</h2>
 *
 * <pre>{@code
 * rows.apply(DeltaIO.mergeRows().to(lake).withTables(specs).withTransaction("stream-1", batch));
 * }</pre>
 *
 * Each row is loaded by its table's {@link dev.larder.io.changes.LoadRule}: append, insert if
 * absent, insert if changed, insert a set of rows if it changed (multi-active), open and close the
 * members of a driving key (effectivity), reverse and count, the latest row of a key (SCD1), or
 * versions with stored ends (SCD2). Rows of a table that is not declared are refused; one that is
 * declared is created by its first rows, or empty by {@link DeltaTables#create}. Only the last two
 * rewrite files, and of them only those that hold a row that changes; the others add rows. {@link
 * MergeRows} says what each costs.
 *
 * <h2>Keeping tables fit</h2>
 *
 * <pre>{@code
 * pipeline.apply(DeltaIO.optimize().table(lake, "vault/sat_order").withClusterBy("ordered_at"));
 * pipeline.apply(DeltaIO.vacuum().tables(lake, DeltaTables.names(lake)));
 * }</pre>
 *
 * {@code optimize} makes small files large, puts rows that other engines rewrote back into their
 * buckets, and clusters rows; no row changes. {@code vacuum} deletes files that no version of the
 * last week needs. {@link DeltaTable} has both for a driver, and {@code history}, {@code restore},
 * {@code checkpoint} and the clean-up of the log.
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>A table gets one commit for a batch, closes and inserts together: readers see all of it or
 *       nothing. Batches of several tables become visible one table after the other.
 *   <li>Exactly once: the commit carries a transaction identifier (application, batch number). A
 *       batch whose number is not above the latest of its application writes nothing, so that a
 *       batch may be run again after any failure. Run it with the same rows, and never two batches
 *       of one application at once. A batch that changes nothing in a table (all rows known) makes
 *       no version and leaves no identifier there: it counts as having run before whatever others
 *       commit meanwhile.
 *   <li>The result depends on the rows and their order ({@link TableRow#order}), not on how they
 *       arrive, on the number of workers or on retries. Files of failed attempts are never visible.
 *   <li>Other writers are safe beside it, in any number of JVMs, Spark's too: a version is a file
 *       that only one can create. On S3 that takes a conditional put, which Spark must be told to
 *       do as well ({@link dev.larder.io.delta.store.S3ConditionalPutLogStore}). Appends are simply
 *       repeated; where another writer changed buckets that a merge has read, those are merged
 *       again on its version, so that the batch is as if it had run after.
 *   <li>What is committed is on disk: data files are forced there before the commit that names
 *       them, on local stores with their names.
 *   <li>Damage is noticed: pages of data files and our versions of the log bear checksums, a file
 *       that is missing, cut off or changed is named in the error. Footers of data files have no
 *       checksum.
 * </ul>
 *
 * <h2>Columns</h2>
 *
 * Types are mapped by the table at {@link dev.larder.io.changes.Kind}; kinds that Delta does not
 * know (TIME, DATETIME, JSON) are kept in the column's metadata and read back equal. What becomes
 * of columns (also fields of structs, in arrays and maps too) that rows bring and the table lacks,
 * or has in a narrower type, is said by {@link dev.larder.io.changes.SchemaPolicy}: added and
 * nullable, unless {@code withSchemaPolicy} says otherwise. Values of a narrower type are stored in
 * the table's; JSON and STRING may stand for each other; any other type is refused, naming both.
 * Byte, short and integer columns of other engines are INT here and are written back as declared; a
 * value that they cannot hold is refused.
 *
 * <h2>Cost</h2>
 *
 * Rows to merge cross one shuffle, encoded in blocks of up to 4 MiB; so do rows to append where a
 * bundle has few of them, while a bundle with many writes files itself. Results of parts cross a
 * second, small shuffle. {@link WriteRows} and {@link MergeRows} say what each reads, writes and
 * holds in memory. A bucket's small files are folded into one once there are more than 8 of like
 * size, an appended table's more than 32, within the batch's commit. A checkpoint is written every
 * 100 versions, outside the commit. Tables are committed side by side.
 *
 * <h2>Limits</h2>
 *
 * Lakes are local paths, {@code file:} or {@code s3a:} URIs; {@code abfs:} goes by rename where the
 * cluster has hadoop-azure, and was not tried. Input is bounded (any window: rows are put into the
 * global one). A table's number of buckets is fixed at creation. Tables that others made are read
 * and written if they need no table feature beyond protocol reader 1, writer 2; any other is
 * refused with the feature's name. Tables with partitions are appended to, not merged into. Tables
 * made here stay at that protocol, which every engine reads.
 *
 * <p><b>Errors</b>: mistakes in declarations and types are {@link
 * dev.larder.io.changes.UserException}s, failures of the lake {@link
 * dev.larder.io.changes.SinkException}s; either fails the pipeline before anything of the table is
 * visible. Metrics are in {@link MetricNames}.
 *
 * <p><b>Source</b>: the <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md">Delta
 * transaction log protocol</a>.
 */
public final class DeltaIO {

  private DeltaIO() {}

  /** Reads tables; {@link ReadRows#from} is required. */
  public static ReadRows readRows() {
    return new ReadRows();
  }

  /**
   * Reads what changed in tables between versions; {@link ReadChanges#from} and one of {@link
   * ReadChanges#afterVersion} and {@link ReadChanges#afterTime} are required.
   */
  public static ReadChanges readChanges() {
    return new ReadChanges();
  }

  /** Appends rows to the tables they name; {@code to} and {@code withTransaction} are required. */
  public static WriteRows writeRows() {
    return new WriteRows(LoadPlan.of(LoadPlan.Undeclared.APPEND));
  }

  /**
   * Loads rows by their tables' rules; {@code to}, {@code withTables} and {@code withTransaction}
   * are required.
   */
  public static MergeRows mergeRows() {
    return new MergeRows(LoadPlan.of(LoadPlan.Undeclared.REFUSE));
  }

  /** Compacts and clusters files of tables; {@link OptimizeTables#table} is required. */
  public static OptimizeTables optimize() {
    return new OptimizeTables();
  }

  /** Deletes files that tables need no more; {@link VacuumTables#table} is required. */
  public static VacuumTables vacuum() {
    return new VacuumTables();
  }
}
