package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The merge of one part of one table: feeds the rule, writes what it says. A file is read in the
 * rule's columns first; only one that changes, or may, is read in full.
 */
final class PartMerge {
  /** A bucket with more small files of like size has them folded. */
  static final int MAX_LIKE_FILES = 8;

  /** A range of keys has so many rows, or a few more: they are looked at as objects. */
  private static final int ROWS_AT_ONCE = 1 << 11;

  private final LoadPlan plan;
  private final String table;
  private final int part;
  private final TableStore store;
  private final LoadRule loadRule;

  PartMerge(LoadPlan plan, TablePart part) {
    this.plan = plan;
    this.table = part.table();
    this.part = part.part();
    this.store = plan.store(table);
    this.loadRule = plan.rule(table);
  }

  /**
   * Writes files for the rows of the blocks.
   *
   * @param blocks iterated over once: some runners allow no more
   * @throws dev.larder.io.changes.UserException if the rows do not fit the table
   */
  PartResult merge(Iterable<? extends BundlePart> blocks) {
    List<RowBlock> came = new ArrayList<>();
    blocks.forEach(block -> came.add((RowBlock) block));
    return merge(came, () -> KeptRows.of(store, came));
  }

  /**
   * As {@link #merge}, for rows that are kept already.
   *
   * @param kept to be found in the result
   */
  PartResult mergeAgain(List<RowBlock> came, KeptRows kept) {
    return merge(came, () -> kept);
  }

  private PartResult merge(List<RowBlock> came, Supplier<KeptRows> kept) {
    TableLog log = plan.log(table);
    TableState stored = log.latest().orElse(null);
    log.requireWritable();
    if (stored != null) {
      plan.requireSameKey(table, stored);
      plan.requireNoPartitions(table, stored);
      if (log.batch(plan.appId()) >= plan.batch()) {
        return PartResult.nothing(
            part, stored.version(), KeptRows.NONE, false, rows(came), stored.schema());
      }
    }
    RowSchema schema = plan.knownSchema(table, stored);
    for (RowBlock block : came) {
      schema = plan.union(table, schema, block.schema());
    }
    return merge(came, kept, schema, stored);
  }

  private PartResult merge(
      List<RowBlock> came, Supplier<KeptRows> keep, RowSchema schema, TableState stored) {
    int buckets = plan.buckets(table, stored);
    RankedRows rows = new RankedRows(came, schema);
    List<DataFile> existing = existing(stored, buckets);
    KeptRows kept = keep.get();
    return existing.isEmpty() && !rows.endAll()
        ? first(rows, kept, schema, stored)
        : into(existing, rows, kept, schema, stored);
  }

  /** Where nothing is stored, a key's rows are all there is to know of it. */
  private PartResult first(RankedRows rows, KeptRows kept, RowSchema schema, TableState stored) {
    int buckets = plan.buckets(table, stored);
    RowKey.Of key = new RowKey.Of(schema, loadRule.key());
    BucketFiles out = files(schema, stored);
    boolean isAstray = false;
    long added = 0;
    for (int from = 0, to; from < rows.size(); from = to) {
      to = rows.end(from, ROWS_AT_ONCE);
      MergeRule rule = MergeRule.of(loadRule, table, schema);
      for (MergeRule.Incoming row : rows.rows(from, to)) {
        isAstray |= part != TablePart.WHOLE && key.bucket(row.values(), buckets) != part;
        rule.incoming(row);
      }
      List<Object[]> wanted = rule.added();
      wanted.forEach(out::write);
      added += wanted.size();
    }
    List<DataFile> written = out.finish();
    long version = stored == null ? -1 : stored.version();
    if (isAstray) {
      return PartResult.nothing(part, version, kept, true, rows.size(), schema);
    }
    return new PartResult(
        part,
        version,
        kept,
        false,
        rows.size(),
        added,
        schema,
        written,
        List.of(),
        List.of(),
        List.of());
  }

  private PartResult into(
      List<DataFile> existing,
      RankedRows came,
      KeptRows kept,
      RowSchema schema,
      TableState stored) {
    long version = stored == null ? -1 : stored.version();
    int buckets = plan.buckets(table, stored);
    MergeRule rule = MergeRule.of(loadRule, table, schema);
    MergedKeys keys = new MergedKeys(schema, loadRule.key());
    boolean isAstray = false;
    for (MergeRule.Incoming row : came.rows(0, came.size())) {
      if (row.change() == Change.DELETE_ALL) {
        keys.addAll();
      } else {
        isAstray |= part != TablePart.WHOLE && keys.bucket(row.values(), buckets) != part;
        keys.add(row.values());
      }
      rule.incoming(row);
    }
    if (isAstray) {
      return PartResult.nothing(part, version, kept, true, came.size(), schema);
    }
    StatisticsScope scope = plan.statistics(table, stored);
    PartFiles concerned = new PartFiles(store, scope, rule, keys, schema, existing);
    concerned.show();
    List<Object[]> added = rule.added();
    concerned.judge(patchable(existing, buckets));
    BucketFiles out = files(schema, stored);
    long rows = added.size() + concerned.rowsPatched() + concerned.rewrite(out);
    added.forEach(out::write);
    List<DataFile> written = new ArrayList<>(out.finish());
    written.addAll(concerned.patches());
    List<DataFile> foldedAway = foldable(existing, concerned.changed(), buckets);
    return new PartResult(
        part,
        version,
        kept,
        false,
        came.size(),
        rows,
        schema,
        written,
        concerned.changed(),
        foldedAway.isEmpty()
            ? List.of()
            : new TableFiles(store, scope).rewrite(foldedAway, schema, part, row -> true),
        foldedAway);
  }

  private static long rows(List<RowBlock> blocks) {
    return blocks.stream().mapToLong(RowBlock::rows).sum();
  }

  /** Files that may hold rows of this part. */
  private List<DataFile> existing(TableState stored, int buckets) {
    if (stored == null) {
      return List.of();
    }
    return stored.files().stream()
        .filter(
            file ->
                part == TablePart.WHOLE
                    || buckets == 1
                    || file.bucket() == part
                    || file.bucket() == DataFile.ANY_BUCKET)
        .toList();
  }

  private BucketFiles files(RowSchema schema, TableState stored) {
    int buckets = plan.buckets(table, stored);
    long targetSize = plan.targetFileSize(table, stored);
    BucketFiles files =
        part == TablePart.WHOLE
            ? BucketFiles.ofAll(store, schema, buckets, loadRule.key(), targetSize)
            : BucketFiles.ofOne(store, schema, part, targetSize);
    return files.withStatistics(plan.statistics(table, stored));
  }

  /** Files that are not to be folded anyway, nor to be given a bucket. */
  private Set<DataFile> patchable(List<DataFile> existing, int buckets) {
    Set<DataFile> patchable = new HashSet<>(existing);
    patchable.removeAll(foldable(existing, List.of(), buckets));
    patchable.removeIf(file -> buckets > 1 && file.bucket() == DataFile.ANY_BUCKET);
    return patchable;
  }

  private List<DataFile> foldable(List<DataFile> existing, List<DataFile> changed, int buckets) {
    if (part == TablePart.WHOLE) {
      return List.of();
    }
    Set<DataFile> gone = new HashSet<>(changed);
    return FoldPolicy.choose(
        existing.stream()
            .filter(file -> !gone.contains(file))
            .filter(file -> buckets == 1 || file.bucket() == part)
            .toList(),
        MAX_LIKE_FILES);
  }
}
