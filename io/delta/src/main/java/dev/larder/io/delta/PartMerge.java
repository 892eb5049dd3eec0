package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.RowMapper;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.MergeRule.Fate;
import dev.larder.io.delta.merge.MergeRule.Verdict;
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

  private final LoadPlan plan;
  private final String table;
  private final int part;
  private final TableStore store;
  private final TableFiles files;
  private final LoadRule loadRule;

  PartMerge(LoadPlan plan, TablePart part) {
    this.plan = plan;
    this.table = part.table();
    this.part = part.part();
    this.store = plan.store(table);
    this.files = new TableFiles(store);
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
    long rowsIn = rows(came);
    long version = stored == null ? -1 : stored.version();
    int buckets = plan.buckets(table, stored);
    MergeRule rule = MergeRule.of(loadRule, table, schema);
    MergedKeys keys = new MergedKeys(schema, loadRule.key());
    boolean isAstray = false;
    for (RowBlock block : came) {
      RowMapper mapper = RowMapper.between(block.schema(), schema);
      for (MergeRule.Incoming row : block) {
        Object[] values = mapper.map(row.values());
        if (row.change() == Change.DELETE_ALL) {
          keys.addAll();
        } else {
          isAstray |= part != TablePart.WHOLE && keys.bucket(values, buckets) != part;
          keys.add(values);
        }
        rule.incoming(new MergeRule.Incoming(values, row.order(), row.change()));
      }
    }
    KeptRows kept = keep.get();
    if (isAstray) {
      return PartResult.nothing(part, version, kept, true, rowsIn, schema);
    }
    List<DataFile> existing = existing(stored, buckets);
    Condition condition = keys.condition(store.location(), rule.storedColumns());
    List<List<Fate>> fates = showStored(rule, existing, condition);
    List<Object[]> added = rule.added();
    List<DataFile> changed = new ArrayList<>();
    for (int i = 0; i < existing.size(); i++) {
      if (changes(rule, existing.get(i), fates.get(i), schema, keys)) {
        changed.add(existing.get(i));
      }
    }
    StatisticsScope scope = plan.statistics(table, stored);
    BucketFiles out =
        files(schema, buckets, plan.targetFileSize(table, stored)).withStatistics(scope);
    long rows = added.size() + rewrite(rule, changed, schema, out);
    added.forEach(out::write);
    List<DataFile> foldedAway = foldable(existing, changed, buckets);
    return new PartResult(
        part,
        version,
        kept,
        false,
        rowsIn,
        rows,
        schema,
        out.finish(),
        changed,
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

  /** Shows the rule what is stored; returns what it says of the concerned rows of each file. */
  private List<List<Fate>> showStored(
      MergeRule rule, List<DataFile> existing, Condition condition) {
    List<List<Fate>> fates = new ArrayList<>();
    for (DataFile file : existing) {
      List<Fate> concerned = new ArrayList<>();
      try (RowIterator rows = read(file, rule.storedColumns(), condition)) {
        while (rows.hasNext()) {
          Fate fate = rule.stored(rows.next());
          if (fate != Fate.STAYS) {
            concerned.add(fate);
          }
        }
      }
      fates.add(concerned);
    }
    return fates;
  }

  private RowIterator read(DataFile file, RowSchema columns, Condition condition) {
    return files.rows(List.of(FileSlice.whole(file)), columns, condition, new ScanCounts());
  }

  /** Whether a file loses or changes rows. */
  private boolean changes(
      MergeRule rule, DataFile file, List<Fate> fates, RowSchema schema, MergedKeys keys) {
    boolean depends = false;
    for (Fate fate : fates) {
      Verdict verdict = fate.verdict();
      if (verdict == Verdict.CHANGES) {
        return true;
      }
      depends |= verdict == Verdict.DEPENDS;
    }
    if (!depends) {
      return false;
    }
    try (RowIterator rows = read(file, schema, keys.condition(store.location(), schema))) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        if (rule.instead(row) != row) {
          return true;
        }
      }
    }
    return false;
  }

  private BucketFiles files(RowSchema schema, int buckets, long targetSize) {
    return part == TablePart.WHOLE
        ? BucketFiles.ofAll(store, schema, buckets, loadRule.key(), targetSize)
        : BucketFiles.ofOne(store, schema, part, targetSize);
  }

  /**
   * Writes the rows of files that change, and what takes the place of others; counts the latter.
   */
  private long rewrite(MergeRule rule, List<DataFile> changed, RowSchema schema, BucketFiles out) {
    long rows = 0;
    for (DataFile file : changed) {
      try (RowIterator stored = files.read(file, schema)) {
        while (stored.hasNext()) {
          Object[] row = stored.next();
          Object[] instead = rule.instead(row);
          if (instead != MergeRule.GONE) {
            out.write(instead);
            rows += instead == row ? 0 : 1;
          }
        }
      }
    }
    return rows;
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
