package dev.larder.io.delta;

import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRows;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@link DeltaIO#writeRows}: appends rows to the tables they name.
 *
 * <p><b>Input</b>: bounded rows of any tables, declared or not (any window: they are put into the
 * global one). {@link TableRow.Change#DELETE} is refused.
 *
 * <p><b>Output</b>: one {@link TableCommit} for each table that rows came for, once its version is
 * visible.
 *
 * <h2>Files</h2>
 *
 * A bundle that has 4 MiB of rows for a table (for one of its partitions) writes them into files of
 * its own, at most 8 at once; what it has less of crosses a shuffle in blocks and is written
 * together with that of other bundles, so that many small bundles do not make many small files. A
 * file is closed at {@link #withTargetFileSize}. Where an append finds more than 32 small files of
 * like size, it folds up to 64 MiB of them in its commit; {@code OptimizeTable} does the rest.
 *
 * <h2>Partitions</h2>
 *
 * A table is partitioned if it is declared so ({@link
 * dev.larder.io.changes.TableSpec#withPartitions}) when it is created; later its own partition
 * columns hold, and a declaration may not contradict them. Folders are named as Spark names them
 * ({@code day=2024-03-31/city=a%3Ab/}), values stand in the log in the protocol's form. Timestamps
 * are written in the form with a {@code Z}, which every reader takes for UTC. An empty string is an
 * absent value: the protocol has one form for both. Columns of structs and binary columns cannot
 * divide a table.
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>Exactly once: a table gets one commit for a batch, which carries the transaction ({@link
 *       #withTransaction}); a batch that is committed already writes nothing. A bundle that the
 *       runner repeats writes new files; those of the failed attempt are not referenced, and {@code
 *       VacuumTable} removes them. Files and blocks cross one shuffle, so that a repeated bundle
 *       brings both anew or neither; which rows became files may differ from one run to the next.
 *   <li>Appends never conflict: other writers' commits are stepped over. Only a table that another
 *       writer made anew, with other partition columns, while files were written is refused with a
 *       {@link dev.larder.io.changes.SinkException}.
 * </ul>
 *
 * <h2>Cost</h2>
 *
 * A worker holds up to 32 MiB of rows in waiting for a bundle and up to 16 MiB for each of at most
 * 8 open files. 1,000,000 rows of 110 bytes on SparkRunner local[2]: two files, one for each task.
 * See {@code docs/benchmarks.md} for rows a second.
 */
public final class WriteRows extends LoadRows<WriteRows> {
  private static final long serialVersionUID = 1L;

  WriteRows(LoadPlan plan) {
    super(plan);
  }

  @Override
  WriteRows with(LoadPlan wanted) {
    return new WriteRows(wanted);
  }

  /**
   * At about what size files are closed; without it, what the table's property {@code
   * delta.targetFileSize} says, else 128 MiB.
   *
   * @param bytes at least 1 MiB
   */
  public WriteRows withTargetFileSize(long bytes) {
    return with(plan.withTargetFileSize(bytes));
  }

  /**
   * Replaces partitions of a table, or all of it: what was there goes in the commit in which the
   * written rows come, so that readers see the one or the other. Rows of other partitions may be
   * written, too, and are added.
   *
   * <p>It is refused with a {@link dev.larder.io.changes.SinkException} if another writer changed
   * the table since {@link Replacement#version}: decide again and run again.
   *
   * @param table its path below the lake; declared by {@link #withTables} if it may not be there
   */
  public WriteRows replacing(String table, Replacement replacement) {
    return with(plan.withReplacement(table, replacement));
  }

  /**
   * The same for groups of rows ({@link TableRows}): each is written where it is, a file for each
   * run of rows of one partition, and no row becomes an element of its own. A table that is to be
   * {@linkplain #replacing replaced} is committed even if no row comes for it.
   */
  public PTransform<PCollection<TableRows>, DeltaWriteResult> groups() {
    plan.requireComplete("writeRows()");
    return new WriteGroups(plan);
  }

  /**
   * What writes a group where a connector has its rows, inside of the connector's own step; its
   * files become visible by {@link #written}. For one thread at a time; a copy of it for each.
   */
  public SerializableFunction<TableRows, WrittenRows> writer() {
    plan.requireComplete("writeRows()");
    return new WrittenRows.Writer(plan);
  }

  /** Commits what {@link #writer} has written: each table once. */
  public PTransform<PCollection<WrittenRows>, DeltaWriteResult> written() {
    plan.requireComplete("writeRows()");
    return new CommitWritten(plan);
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRow> rows) {
    plan.requireComplete("writeRows()");
    return rows.apply("Load", new LoadTables<>(plan, RowMaker.same()));
  }
}
