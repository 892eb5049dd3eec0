package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.RowMapper;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.merge.Scd2Merge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The merge of one part of one table: feeds the rule, writes what it says. */
final class PartMerge {
  /** A bucket with more small files of like size has them folded. */
  static final int MAX_LIKE_FILES = 8;

  private final LoadPlan plan;
  private final String table;
  private final int part;
  private final TableFiles files;

  PartMerge(LoadPlan plan, TablePart part) {
    this.plan = plan;
    this.table = part.table();
    this.part = part.part();
    this.files = new TableFiles(plan.store(table));
  }

  /**
   * Writes files for the rows of the blocks.
   *
   * @param blocks iterated over once: some runners allow no more
   * @throws dev.larder.io.changes.UserException if the rows do not fit the table
   */
  PartResult merge(Iterable<? extends BundlePart> blocks) {
    TableLog log = plan.log(table);
    TableState stored = log.latest().orElse(null);
    log.requireWritable();
    if (stored != null) {
      plan.requireSameKey(table, stored);
      plan.requireNoPartitions(table, stored);
      if (log.batch(plan.appId()) >= plan.batch()) {
        long rowsIn = 0;
        for (BundlePart block : blocks) {
          rowsIn += block.rows();
        }
        return PartResult.nothing(stored.version(), rowsIn, stored.schema());
      }
    }
    LoadRule rule = plan.rule(table);
    return merge(rule, blocks, stored);
  }

  private PartResult merge(
      LoadRule loadRule, Iterable<? extends BundlePart> blocks, TableState stored) {
    List<RowBlock> came = new ArrayList<>();
    RowSchema schema = plan.knownSchema(table, stored);
    long rowsIn = 0;
    for (BundlePart part : blocks) {
      RowBlock block = (RowBlock) part;
      came.add(block);
      schema = plan.union(table, schema, block.schema());
      rowsIn += block.rows();
    }
    MergeRule rule = MergeRule.of(loadRule, table, schema);
    for (RowBlock block : came) {
      RowMapper mapper = RowMapper.between(block.schema(), schema);
      block.forEach(
          row ->
              rule.incoming(
                  new MergeRule.Incoming(mapper.map(row.values()), row.order(), row.change())));
    }
    int buckets = plan.buckets(table, stored);
    List<DataFile> existing = existing(stored, buckets);
    List<DataFile> concerned = readStored(rule, existing);
    List<Object[]> added = rule.added();

    List<DataFile> removed = new ArrayList<>();
    List<DataFile> written = new ArrayList<>(write(schema, buckets, added));
    for (DataFile file : concerned) {
      if (rule instanceof Scd2Merge && loses(rule, file)) {
        removed.add(file);
        written.addAll(rewritten(rule, file, schema, buckets));
      }
    }
    List<DataFile> foldedAway = foldable(existing, removed, buckets);
    List<DataFile> folded =
        foldedAway.isEmpty() ? List.of() : files.rewrite(foldedAway, schema, part, row -> true);
    return new PartResult(
        stored == null ? -1 : stored.version(),
        rowsIn,
        added.size(),
        schema,
        written,
        removed,
        folded,
        foldedAway);
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

  /** Returns the files that hold rows of keys that came. */
  private List<DataFile> readStored(MergeRule rule, List<DataFile> existing) {
    List<DataFile> concerned = new ArrayList<>();
    for (DataFile file : existing) {
      boolean concerns = false;
      try (RowIterator rows = files.read(file, rule.storedColumns())) {
        while (rows.hasNext()) {
          concerns |= rule.stored(rows.next());
        }
      }
      if (concerns) {
        concerned.add(file);
      }
    }
    return concerned;
  }

  private boolean loses(MergeRule rule, DataFile file) {
    try (RowIterator rows = files.read(file, rule.storedColumns())) {
      while (rows.hasNext()) {
        if (rule.removes(rows.next())) {
          return true;
        }
      }
    }
    return false;
  }

  private List<DataFile> rewritten(MergeRule rule, DataFile file, RowSchema schema, int buckets) {
    if (part != TablePart.WHOLE) {
      return files.rewrite(List.of(file), schema, part, row -> !rule.removes(row));
    }
    List<Object[]> rows = new ArrayList<>();
    try (RowIterator stored = files.read(file, schema)) {
      stored.forEachRemaining(
          row -> {
            if (!rule.removes(row)) {
              rows.add(row);
            }
          });
    }
    return write(schema, buckets, rows);
  }

  /** Writes rows into files of this part's bucket, or of all buckets. */
  private List<DataFile> write(RowSchema schema, int buckets, List<Object[]> rows) {
    if (part != TablePart.WHOLE) {
      return files.write(schema, part, rows.iterator());
    }
    List<DataFile> written = new ArrayList<>();
    RowKey.Of key = new RowKey.Of(schema, LoadPlan.key(plan.rule(table)));
    for (int i = 0; i < buckets; i++) {
      int bucket = i;
      written.addAll(
          files.write(
              schema,
              bucket,
              rows.stream().filter(row -> key.bucket(row, buckets) == bucket).iterator()));
    }
    return written;
  }

  private List<DataFile> foldable(List<DataFile> existing, List<DataFile> removed, int buckets) {
    if (part == TablePart.WHOLE) {
      return List.of();
    }
    Set<DataFile> gone = new HashSet<>(removed);
    return FoldPolicy.choose(
        existing.stream()
            .filter(file -> !gone.contains(file))
            .filter(file -> buckets == 1 || file.bucket() == part)
            .toList(),
        MAX_LIKE_FILES);
  }
}
