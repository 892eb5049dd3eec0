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
import dev.larder.io.delta.merge.NewestRows;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    return merge(came, null);
  }

  /**
   * As {@link #merge}, for rows that are kept already.
   *
   * @param kept to be found in the result
   */
  PartResult mergeAgain(List<RowBlock> came, KeptRows kept) {
    return merge(came, kept);
  }

  /**
   * @param kept the rows that came, or null if they are not kept yet
   */
  private PartResult merge(List<RowBlock> came, KeptRows kept) {
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

  /**
   * What is merged into what.
   *
   * @param stored the table as it is, or null
   * @param files that may hold rows of this part
   * @param blocks the rows that came
   * @param kept the same, or null if they are not kept yet
   * @param ended tells which versions have
   */
  private record Task(
      RowSchema schema,
      TableState stored,
      List<DataFile> files,
      List<RowBlock> blocks,
      RankedRows came,
      KeptRows kept,
      EndedVersions ended) {
    long version() {
      return stored == null ? -1 : stored.version();
    }
  }

  private PartResult merge(
      List<RowBlock> came, KeptRows kept, RowSchema schema, TableState stored) {
    List<DataFile> files = existing(stored, plan.buckets(table, stored));
    EndedVersions ended = EndedVersions.of(loadRule, schema);
    Task task = new Task(schema, stored, files, came, new RankedRows(came, schema), kept, ended);
    if (task.came.endAll()) {
      return atOnce(task);
    }
    boolean mayChangeRows = LoadPlan.rewrites(loadRule) && !files.isEmpty();
    if (!mayChangeRows) {
      return byRanges(task);
    }
    MergeRule rule = MergeRule.of(loadRule, table, schema);
    return rule.endColumns().isEmpty() ? atOnce(task) : changing(task, rule);
  }

  /** Where no stored row changes, and no row that came ends all others, some keys at a time. */
  private PartResult byRanges(Task task) {
    MergeRule rule = MergeRule.of(loadRule, table, task.schema);
    MergedKeys keys = new MergedKeys(task.schema, loadRule.key());
    if (!task.files.isEmpty()) {
      task.came.columns(loadRule.key(), keys::add);
    }
    RankedRows stored =
        StoredRows.of(store, task.files, rule.storedColumns(), loadRule, keys, newest(task, rule));
    AddedRows out = new AddedRows(task, keys, files(task));
    AddingMerge merge = new AddingMerge(loadRule, table, task.schema, task.came, stored);
    long added = merge.merge(out);
    List<DataFile> written = out.files.finish();
    return out.anyAstray
        ? astray(task)
        : result(task, keep(task, merge.judged(), written), added, written, List.of());
  }

  /**
   * What tells which stored rows of the keys that came matter; null if the rule says that all do.
   */
  private Supplier<NewestRows> newest(Task task, MergeRule rule) {
    String order = rule.newestBy().orElse(null);
    if (order == null) {
      return null;
    }
    return () -> {
      NewestRows newest = new NewestRows(task.schema, loadRule.key(), order);
      List<String> names = new ArrayList<>(loadRule.key());
      names.add(order);
      task.came.columns(names, newest::came);
      return newest;
    };
  }

  /** Writes what a merge by ranges adds, and looks whether all of it is of this part. */
  private final class AddedRows implements AddingMerge.Added {
    private final Task task;
    private final MergedKeys keys;
    private final BucketFiles files;
    private final int buckets;

    /** Whether rows can be written and told apart by bucket without being decoded. */
    private final boolean areEncoded;

    private boolean anyAstray;

    AddedRows(Task task, MergedKeys keys, BucketFiles files) {
      this.task = task;
      this.keys = keys;
      this.files = files;
      this.buckets = plan.buckets(table, task.stored);
      this.areEncoded =
          part != TablePart.WHOLE
              && files.isOneBucket()
              && task.came.areAsStored()
              && new RowKey.Of(task.schema, loadRule.key()).isOfBytes();
    }

    @Override
    public void look(Object[] row) {
      anyAstray |= isAstray(keys, row, buckets);
    }

    @Override
    public void add(Object[] row) {
      files.write(row);
    }

    @Override
    public void handOn(int row) {
      if (areEncoded) {
        anyAstray |= RowKey.Of.bucketOfRank(task.came.rank(row), buckets) != part;
        RowBlock.Cursor encoded = task.came.encoded(row);
        files.copy(encoded.values(), encoded.shared().values());
      } else {
        task.came
            .rows(row, row + 1)
            .forEach(
                each -> {
                  look(each.values());
                  add(each.values());
                });
      }
    }
  }

  /** Keeps what is not in the written files as it came. */
  private KeptRows keep(Task task, List<AddingMerge.Range> judged, List<DataFile> written) {
    long rows = judged.stream().mapToLong(range -> range.to() - range.from()).sum();
    if (task.kept != null || rows == task.came.size()) {
      return keepAll(task);
    }
    return KeptRows.of(store, task.came.blocks(judged)).and(written, task.schema);
  }

  private KeptRows keepAll(Task task) {
    return task.kept == null ? KeptRows.of(store, task.blocks) : task.kept;
  }

  /**
   * Where stored rows may change, but no row that came ends all others, some keys at a time.
   *
   * @param shown a rule that says which columns it is shown
   */
  private PartResult changing(Task task, MergeRule shown) {
    int buckets = plan.buckets(table, task.stored);
    MergedKeys keys = new MergedKeys(task.schema, loadRule.key());
    task.came.columns(loadRule.key(), keys::add);
    PartFiles concerned = concerned(task, shown, task.ended.mattering(task.files, task.came));
    RankedRows stored =
        concerned.rows(shown.storedColumns(), loadRule.key(), keys, newest(task, shown));
    BucketFiles out = files(task);
    AtomicBoolean anyAstray = new AtomicBoolean();
    long added =
        new ChangingMerge(loadRule, table, task.schema, task.came, stored, concerned)
            .merge(
                row -> {
                  if (isAstray(keys, row, buckets)) {
                    anyAstray.setPlain(true);
                  }
                },
                out::write);
    if (anyAstray.getPlain()) {
      out.finish();
      return astray(task);
    }
    return changed(task, concerned, added, out);
  }

  private PartFiles concerned(Task task, MergeRule rule, List<DataFile> files) {
    StatisticsScope scope = plan.statistics(table, task.stored);
    return new PartFiles(store, scope, task.schema, rule.endColumns(), task.ended, files);
  }

  private PartResult changed(Task task, PartFiles concerned, long added, BucketFiles out) {
    concerned.judge(patchable(task, plan.buckets(table, task.stored)));
    BucketFiles ended = files(task);
    long rows = added + concerned.rowsPatched() + concerned.rewrite(out, ended);
    List<DataFile> written = new ArrayList<>(out.finish());
    written.addAll(ended.finish());
    written.addAll(concerned.patches());
    return result(task, keepAll(task), rows, written, concerned.changed());
  }

  /** All keys as objects: stored rows are replaced, or a row that came concerns every key. */
  private PartResult atOnce(Task task) {
    int buckets = plan.buckets(table, task.stored);
    MergeRule rule = MergeRule.of(loadRule, table, task.schema);
    MergedKeys keys = new MergedKeys(task.schema, loadRule.key());
    boolean anyAstray = false;
    for (MergeRule.Incoming row : task.came.rows(0, task.came.size())) {
      if (row.change() == Change.DELETE_ALL) {
        keys.addAll();
      } else {
        anyAstray |= isAstray(keys, row.values(), buckets);
        keys.add(row.values());
      }
      rule.incoming(row);
    }
    if (anyAstray) {
      return astray(task);
    }
    PartFiles concerned = concerned(task, rule, task.files);
    concerned.show(rule, keys);
    List<Object[]> added = rule.added();
    BucketFiles out = files(task);
    added.forEach(out::write);
    return changed(task, concerned, added.size(), out);
  }

  /** Whether a row is of another bucket than those that are merged here. */
  private boolean isAstray(MergedKeys keys, Object[] row, int buckets) {
    return part != TablePart.WHOLE && keys.bucket(row, buckets) != part;
  }

  private PartResult astray(Task task) {
    return PartResult.nothing(
        part, task.version(), keepAll(task), true, task.came.size(), task.schema);
  }

  private PartResult result(
      Task task, KeptRows kept, long rows, List<DataFile> written, List<DataFile> changed) {
    List<DataFile> folded = foldable(task, changed, plan.buckets(table, task.stored));
    TableFiles files = new TableFiles(store, plan.statistics(table, task.stored));
    return new PartResult(
        part,
        task.version(),
        kept,
        false,
        task.came.size(),
        rows,
        task.schema,
        written,
        changed,
        folded.isEmpty() ? List.of() : files.rewrite(folded, task.schema, part, row -> true),
        folded);
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

  private BucketFiles files(Task task) {
    int buckets = plan.buckets(table, task.stored);
    long targetSize = plan.targetFileSize(table, task.stored);
    BucketFiles files =
        part == TablePart.WHOLE
            ? BucketFiles.ofAll(store, task.schema, buckets, loadRule.key(), targetSize)
            : BucketFiles.ofOne(store, task.schema, part, targetSize);
    return files.withStatistics(plan.statistics(table, task.stored));
  }

  /** Files that are not to be folded anyway, nor to be given a bucket. */
  private Set<DataFile> patchable(Task task, int buckets) {
    Set<DataFile> patchable = new HashSet<>(task.files);
    patchable.removeAll(foldable(task, List.of(), buckets));
    patchable.removeIf(file -> buckets > 1 && file.bucket() == DataFile.ANY_BUCKET);
    return patchable;
  }

  /** Files of ended versions are folded for themselves, and when there is nothing else to fold. */
  private List<DataFile> foldable(Task task, List<DataFile> changed, int buckets) {
    if (part == TablePart.WHOLE) {
      return List.of();
    }
    Set<DataFile> gone = new HashSet<>(changed);
    Map<Boolean, List<DataFile>> files =
        task.files.stream()
            .filter(file -> !gone.contains(file))
            .filter(file -> buckets == 1 || file.bucket() == part)
            .collect(Collectors.partitioningBy(task.ended::areAllEnded));
    List<DataFile> folded = FoldPolicy.choose(files.get(false), MAX_LIKE_FILES);
    return folded.isEmpty() ? FoldPolicy.choose(files.get(true), MAX_LIKE_FILES) : folded;
  }
}
