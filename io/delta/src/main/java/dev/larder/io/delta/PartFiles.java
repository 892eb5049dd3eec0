package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.file.ColumnPatch;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.file.PlacedRows;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.ScanCounts;
import dev.larder.io.delta.file.StatisticsScope;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.merge.MergeRule.Fate;
import dev.larder.io.delta.merge.MergeRule.Verdict;
import dev.larder.io.delta.merge.NewestRows;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The live files of a part: shown to a rule in its columns, then judged by what it says of their
 * rows. A file is left alone, patched where versions only end ({@link ColumnPatch}), or written
 * anew row by row.
 */
final class PartFiles {
  /** Below this a file is written anew together with the rows that are added: files stay few. */
  private static final long PATCHED_BYTES = 1 << 20;

  private final TableStore store;
  private final TableFiles files;
  private final RowSchema schema;
  private final int[] ends;
  private final EndedVersions ended;
  private final List<Stored> existing = new ArrayList<>();
  private final List<Stored> rewritten = new ArrayList<>();
  private final List<DataFile> patched = new ArrayList<>();
  private final List<DataFile> patches = new ArrayList<>();
  private MergeRule rule;
  private MergedKeys keys;
  private long rowsPatched;

  /**
   * A stored row that the rows that came may change.
   *
   * @param place its file's number and its own in it, as {@link #place} has them
   */
  record Hit(Sequence place, Fate fate) {}

  /** A file, and what is known of its rows. */
  private static final class Stored {
    private final DataFile file;

    /** Rows of which only the end changes. */
    private final ColumnPatch ends;

    /** Rows that a rule was shown that answers for them until the end. */
    private final List<Hit> hits = new ArrayList<>(0);

    Stored(DataFile file, ColumnPatch ends) {
      this.file = file;
      this.ends = ends;
    }
  }

  /**
   * @param endColumns {@link MergeRule#endColumns}
   */
  PartFiles(
      TableStore store,
      StatisticsScope scope,
      RowSchema schema,
      List<String> endColumns,
      EndedVersions ended,
      List<DataFile> existing) {
    this.store = store;
    this.files = new TableFiles(store, scope);
    this.schema = schema;
    this.ends = endColumns.stream().mapToInt(schema::position).toArray();
    this.ended = ended;
    for (DataFile file : existing) {
      ColumnPatch patch = new ColumnPatch(endColumns, end -> ended.isEnd(end[0]));
      this.existing.add(new Stored(file, patch));
    }
  }

  /** Where a row is, in the place of its order; 0 behind the file's number if that is not known. */
  private static Sequence place(int file, long row) {
    return new Sequence(file, row == PlacedRows.UNKNOWN ? 0 : row + 1, 0);
  }

  /**
   * The stored rows of some keys in some columns, encoded, in the order of the keys' ranks. The
   * order of each is its place.
   *
   * @param key the table's
   * @param came as {@link StoredScan#readNewest} takes it
   */
  RankedRows rows(
      RowSchema columns, List<String> key, MergedKeys wanted, Supplier<NewestRows> came) {
    List<RowBlock> blocks = new ArrayList<>();
    BlockRows rows = new BlockRows(columns, blocks::add);
    RowKey.Of rank = new RowKey.Of(columns, key);
    List<DataFile> all = existing.stream().map(stored -> stored.file).toList();
    new StoredScan(files, all, store.location(), columns, wanted)
        .readNewest(came, (row, file, place) -> rows.add(row, place(file, place), rank.rank(row)));
    rows.finish();
    return new RankedRows(blocks, columns);
  }

  /**
   * Ends rows, if that is all that happens to any of these.
   *
   * @return whether it is; else nothing was done
   */
  boolean end(List<Hit> hits) {
    for (Hit hit : hits) {
      Verdict verdict = hit.fate.verdict();
      if (verdict != Verdict.STAYS && (verdict != Verdict.ENDS || hit.place.position() == 0)) {
        return false;
      }
    }
    for (Hit hit : hits) {
      if (hit.fate.verdict() == Verdict.ENDS) {
        end(existing.get((int) hit.place.file()), hit);
      }
    }
    return true;
  }

  private static void end(Stored stored, Hit hit) {
    stored.ends.put(hit.place.position() - 1, hit.fate.end());
  }

  /**
   * Shows a rule what is stored of its keys; it answers for these rows until the end.
   *
   * @param shown has taken all rows that came
   */
  void show(MergeRule shown, MergedKeys wanted) {
    rule = shown;
    keys = wanted;
    Condition condition = wanted.condition(store.location(), shown.storedColumns());
    for (int i = 0; i < existing.size(); i++) {
      Stored stored = existing.get(i);
      try (PlacedRows rows =
          files.read(stored.file, shown.storedColumns(), condition, wanted.filter())) {
        while (rows.hasNext()) {
          Fate fate = shown.stored(rows.next());
          if (fate != Fate.STAYS) {
            stored.hits.add(new Hit(place(i, rows.place()), fate));
          }
        }
      }
    }
  }

  /**
   * Decides on each file, once all rules know what they add, and writes those that are patched.
   *
   * @param mayPatch files that need not be written anew for another reason
   */
  void judge(Set<DataFile> mayPatch) {
    for (Stored stored : existing) {
      Verdict verdict = verdict(stored);
      if (verdict == Verdict.STAYS && stored.ends.rows() > 0) {
        verdict = Verdict.ENDS;
      }
      if (verdict == Verdict.CHANGES
          || verdict == Verdict.ENDS && !(mayPatch.contains(stored.file) && patch(stored))) {
        rewritten.add(stored);
      }
    }
  }

  /** Of all rows of a file: the one that asks for most. */
  private Verdict verdict(Stored stored) {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    stored.hits.forEach(hit -> verdicts.add(hit.fate.verdict()));
    if (verdicts.contains(Verdict.CHANGES)
        || verdicts.contains(Verdict.DEPENDS) && isChanged(stored.file)) {
      return Verdict.CHANGES;
    }
    return verdicts.contains(Verdict.ENDS) ? Verdict.ENDS : Verdict.STAYS;
  }

  /** Looks at the rows in full: whether one goes, or has another value than that of its end. */
  private boolean isChanged(DataFile file) {
    Condition condition = keys.condition(store.location(), schema);
    try (RowIterator rows =
        files.rows(List.of(FileSlice.whole(file)), schema, condition, new ScanCounts())) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        Object[] instead = rule.instead(row);
        if (instead != row && (instead == MergeRule.GONE || !endsOnly(row, instead))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean endsOnly(Object[] row, Object[] instead) {
    Object[] ended = row.clone();
    for (int column : ends) {
      ended[column] = instead[column];
    }
    return Values.sameRow(ended, instead);
  }

  private boolean patch(Stored stored) {
    boolean isPatchable =
        stored.file.size() >= PATCHED_BYTES
            && stored.hits.stream()
                .noneMatch(hit -> hit.place.position() == 0 && hit.fate.verdict() == Verdict.ENDS);
    if (!isPatchable) {
      return false;
    }
    for (Hit hit : stored.hits) {
      if (hit.fate.verdict() == Verdict.ENDS) {
        end(stored, hit);
      }
    }
    if (EndedVersions.areHalf(stored.file, stored.ends.rows())) {
      return false;
    }
    Optional<DataFile> written = files.patch(stored.file, schema, stored.ends);
    written.ifPresent(
        patch -> {
          patches.add(patch);
          patched.add(stored.file);
          rowsPatched += stored.ends.rows();
        });
    return written.isPresent();
  }

  /**
   * Writes the rows of files that are written anew, and what takes the place of others; counts the
   * latter.
   *
   * @param apart takes versions that have ended, where they are worth a file
   */
  long rewrite(BucketFiles out, BucketFiles apart) {
    long rows = 0;
    for (Stored stored : rewritten) {
      boolean isLarge = stored.file.size() >= PATCHED_BYTES;
      ColumnPatch.Rows patched = stored.ends.inOrder();
      try (RowIterator all = files.read(stored.file, schema)) {
        while (all.hasNext()) {
          Object[] row = all.next();
          Object[] end = patched.next();
          Object[] instead = end != null ? ending(row, end) : instead(row);
          if (instead != MergeRule.GONE) {
            (isLarge && ended.hasEnded(instead) ? apart : out).write(instead);
            rows += instead == row ? 0 : 1;
          }
        }
      }
    }
    return rows;
  }

  private Object[] instead(Object[] row) {
    return rule == null ? row : rule.instead(row);
  }

  private Object[] ending(Object[] row, Object[] values) {
    Object[] ending = row.clone();
    for (int i = 0; i < ends.length; i++) {
      ending[ends[i]] = values[i];
    }
    return ending;
  }

  /** Files that others take the place of. */
  List<DataFile> changed() {
    List<DataFile> changed = new ArrayList<>(patched);
    rewritten.forEach(stored -> changed.add(stored.file));
    return changed;
  }

  /** What patched files became. */
  List<DataFile> patches() {
    return patches;
  }

  long rowsPatched() {
    return rowsPatched;
  }
}
