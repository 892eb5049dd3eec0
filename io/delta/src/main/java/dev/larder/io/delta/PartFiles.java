package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
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
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  private final MergeRule rule;
  private final MergedKeys keys;
  private final RowSchema schema;
  private final List<DataFile> existing;
  private final List<List<Hit>> hits = new ArrayList<>();
  private final List<DataFile> rewritten = new ArrayList<>();
  private final List<DataFile> patched = new ArrayList<>();
  private final List<DataFile> patches = new ArrayList<>();
  private long rowsPatched;

  /** A stored row that the rows that came may change. */
  private record Hit(long place, Fate fate) {}

  PartFiles(
      TableStore store,
      StatisticsScope scope,
      MergeRule rule,
      MergedKeys keys,
      RowSchema schema,
      List<DataFile> existing) {
    this.store = store;
    this.files = new TableFiles(store, scope);
    this.rule = rule;
    this.keys = keys;
    this.schema = schema;
    this.existing = existing;
  }

  /** Shows the rule what is stored. */
  void show() {
    Condition condition = keys.condition(store.location(), rule.storedColumns());
    for (DataFile file : existing) {
      List<Hit> concerned = new ArrayList<>();
      try (PlacedRows rows = files.read(file, rule.storedColumns(), condition, keys.filter())) {
        while (rows.hasNext()) {
          Fate fate = rule.stored(rows.next());
          if (fate != Fate.STAYS) {
            concerned.add(new Hit(rows.place(), fate));
          }
        }
      }
      hits.add(concerned);
    }
  }

  /**
   * Decides on each file, once the rule knows what it adds, and writes those that are patched.
   *
   * @param mayPatch files that need not be written anew for another reason
   */
  void judge(Set<DataFile> mayPatch) {
    for (int i = 0; i < existing.size(); i++) {
      DataFile file = existing.get(i);
      Verdict verdict = verdict(file, hits.get(i));
      if (verdict == Verdict.CHANGES
          || verdict == Verdict.ENDS && !(mayPatch.contains(file) && patch(file, hits.get(i)))) {
        rewritten.add(file);
      }
    }
  }

  /** Of all rows of a file: the one that asks for most. */
  private Verdict verdict(DataFile file, List<Hit> concerned) {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    concerned.forEach(hit -> verdicts.add(hit.fate.verdict()));
    if (verdicts.contains(Verdict.CHANGES)
        || verdicts.contains(Verdict.DEPENDS) && isChanged(file)) {
      return Verdict.CHANGES;
    }
    return verdicts.contains(Verdict.ENDS) ? Verdict.ENDS : Verdict.STAYS;
  }

  /** Looks at the rows in full. */
  private boolean isChanged(DataFile file) {
    Condition condition = keys.condition(store.location(), schema);
    try (RowIterator rows =
        files.rows(List.of(FileSlice.whole(file)), schema, condition, new ScanCounts())) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        if (rule.instead(row) != row) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean patch(DataFile file, List<Hit> concerned) {
    if (file.size() < PATCHED_BYTES) {
      return false;
    }
    ColumnPatch patch = new ColumnPatch(rule.endColumns());
    for (Hit hit : concerned) {
      if (hit.fate.verdict() == Verdict.ENDS) {
        if (hit.place == PlacedRows.UNKNOWN) {
          return false;
        }
        patch.put(hit.place, hit.fate.end());
      }
    }
    Optional<DataFile> written = files.patch(file, schema, patch);
    written.ifPresent(
        patches -> {
          this.patches.add(patches);
          patched.add(file);
          rowsPatched += patch.rows();
        });
    return written.isPresent();
  }

  /**
   * Writes the rows of files that are written anew, and what takes the place of others; counts the
   * latter.
   */
  long rewrite(BucketFiles out) {
    long rows = 0;
    for (DataFile file : rewritten) {
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

  /** Files that others take the place of. */
  List<DataFile> changed() {
    List<DataFile> changed = new ArrayList<>(rewritten);
    changed.addAll(patched);
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
