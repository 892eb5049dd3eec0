package dev.larder.io.delta;

import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@link DeltaIO#mergeRows}: loads rows by their tables' rules.
 *
 * <p><b>Input</b>: bounded rows of the declared tables (any window: they are put into the global
 * one). {@link TableRow.Change#DELETE} and {@code DELETE_ALL} only for rules that say so.
 *
 * <p><b>Output</b>: one {@link TableCommit} for each table that rows came for, once its version is
 * visible.
 *
 * <h2>What a rule does to a table</h2>
 *
 * <table>
 * <caption>Rules ({@link dev.larder.io.changes.LoadRule})</caption>
 * <tr><th>rule</th><th>reads of the stored rows</th><th>writes</th></tr>
 * <tr><td>{@code Append}</td><td>nothing</td><td>as {@link WriteRows}</td></tr>
 * <tr><td>{@code InsertIfAbsent}</td><td>key</td><td>new rows; no file is rewritten</td></tr>
 * <tr><td>{@code InsertIfChanged}</td><td>key, order, compared columns</td><td>new rows; no file is
 * rewritten</td></tr>
 * <tr><td>{@code InsertIfSetChanged}</td><td>key, order, member, compared columns</td><td>new rows; no
 * file is rewritten</td></tr>
 * <tr><td>{@code Effectivity}, {@code Countered}</td><td>all columns</td><td>new rows; no file is
 * rewritten</td></tr>
 * <tr><td>{@code Latest}</td><td>key, order</td><td>new rows; files with a row that is replaced or
 * deleted are written anew</td></tr>
 * <tr><td>{@code Scd2}</td><td>key, compared columns, from, to, current</td><td>new versions; files
 * with a version that is closed or changed are written anew</td></tr>
 * </table>
 *
 * A row that came again (same order, same content) changes nothing and rewrites nothing. With
 * {@code Latest}, a delete leaves no memory unless the rule has a {@code deleted} column: a row
 * older than the delete that comes in a later batch is inserted. {@code Scd2} keeps a delete that
 * closes nothing as a row whose {@code to} is its {@code from}: who lists versions leaves such rows
 * out. {@link TableRow.Change#DELETE_ALL} goes to every bucket, and is held against every key of
 * it: that takes memory for the read columns of all stored rows of a bucket, but with {@code
 * Latest}.
 *
 * <h2>Buckets</h2>
 *
 * A table's keys are divided into the number of buckets declared at its creation ({@link
 * dev.larder.io.changes.TableSpec#buckets}); that number stays. A bucket is merged by one worker,
 * so that buckets bound what runs side by side, and a rule that rewrites touches fewer bytes the
 * more there are. A table created by an append, or by {@code writeRows}, has one bucket for ever:
 * it may be merged into by any key. One to four million rows a bucket are a good measure.
 *
 * <p>Files without a bucket (another engine's OPTIMIZE, UPDATE or MERGE wrote them, or an append)
 * are read by the merge of every bucket. Where a rule may rewrite ({@code Latest}, {@code Scd2})
 * and such files are there, all buckets of the table are merged by one worker, which gives the
 * rewritten rows buckets again; {@code OptimizeTable} gives them to all.
 *
 * <h2>Guarantees</h2>
 *
 * <ul>
 *   <li>Exactly once, and one commit for a table and batch, as {@link DeltaIO} says.
 *   <li>The result is as if the batch ran alone, after every version that is older than its own.
 *       The commit says which buckets it has read at which version; if another writer changed one
 *       meanwhile (rows added or deleted, files rewritten), nothing is written, and the affected
 *       buckets are merged again on the new version: up to 20 times, with growing pauses of up to 2
 *       s, then the {@link dev.larder.io.delta.log.ConflictException} fails the pipeline and the
 *       batch may be run again. {@link MetricNames#PARTS_MERGED_AGAIN} counts such merges. For this
 *       the rows that came are kept until the commit: rows of new keys that were added as they came
 *       by the files that hold them, of the others up to 1 MiB a bucket with the result, more in a
 *       file below {@code _larder/} of the table, deleted after the commit (after a crash, by
 *       {@code VacuumTable}).
 *   <li>Rows in any order, from any number of workers, give the same table, and so does any cutting
 *       into batches that come in order. A batch that comes late is placed in its order, but tables
 *       forget events that changed nothing (and {@code Latest} without {@code deleted} forgets
 *       deletes): who loads late rows loads them with the later events of their keys. Then any
 *       order of arrival gives the same history: the same rows with {@code InsertIfAbsent}, {@code
 *       Scd2} and {@code Latest}, and with rules that never rewrite a row the same once repetitions
 *       of what holds already are left out.
 * </ul>
 *
 * <h2>Cost</h2>
 *
 * Memory for a bucket: the rows that came, encoded and with 16 bytes for each, the read columns of
 * the stored rows of their keys, one row group of 16 MiB to read and one to write; not the bucket
 * (1,000 changes into one of 3,000,000 rows run in a heap of 64 MiB). Rules that only add, {@code
 * Scd2}, and all rules into an empty bucket, merge some thousands of rows at a time, in the order
 * of their keys; with {@code Latest}, and where a row ends all others, those that came are objects
 * all at once. Of keys with many stored rows only those are read that can matter to {@code
 * InsertIfChanged} and {@code Scd2}: the newest before the rows that came. Up to 256 rows for a
 * bucket read only pages that may hold their keys, where files are in key order, as merges write
 * them. 10,000 changes into 1,000,000 rows of 16 buckets, in a JVM that is warm, on two quiet
 * cores: 0.8 s of CPU for {@code InsertIfChanged}, 1.3 s for {@code Scd2}, which encodes the ends
 * of versions anew and copies the other columns of large files (docs/benchmarks.md).
 *
 * <p><b>Limits</b>: tables with partition columns are not merged into.
 */
public final class MergeRows extends LoadRows<MergeRows> {
  private static final long serialVersionUID = 1L;

  MergeRows(LoadPlan plan) {
    super(plan);
  }

  @Override
  MergeRows with(LoadPlan wanted) {
    return new MergeRows(wanted);
  }

  /**
   * Appends rows of tables that are not declared, as {@link WriteRows} does, in the same steps:
   * without it they are refused.
   */
  public MergeRows appendingOthers() {
    return with(plan.withUndeclared(LoadPlan.Undeclared.APPEND_OTHERS));
  }

  /**
   * The same for elements of any kind, of which the rows are made in the step that takes them: a
   * runner hands on neither rows nor what they are made of.
   */
  public <T> PTransform<PCollection<T>, DeltaWriteResult> made(RowMaker<T> maker) {
    plan.requireComplete("mergeRows()");
    return new LoadTables<>(plan, maker);
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRow> rows) {
    plan.requireComplete("mergeRows()");
    return rows.apply("Load", new LoadTables<>(plan, RowMaker.same()));
  }
}
