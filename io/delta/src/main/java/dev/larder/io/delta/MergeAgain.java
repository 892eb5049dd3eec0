package dev.larder.io.delta;

import dev.larder.io.delta.log.ConflictException;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges parts of a table again, on its latest version, whose first results another writer has made
 * void. The rows are those that were kept; files of the first attempt are never committed.
 */
final class MergeAgain {
  private final LoadPlan plan;
  private final String table;

  /** What all parts together came with, once they were merged as one. */
  private final List<KeptRows> ofWhole = new ArrayList<>();

  private int count;

  MergeAgain(LoadPlan plan, String table) {
    this.plan = plan;
    this.table = table;
  }

  /** So many parts were merged again. */
  int count() {
    return count;
  }

  /**
   * Whether the parts do not fit together: rows were dealt out by other buckets than the table has
   * now, or by some workers to all buckets at once; or a file of no bucket would be rewritten by
   * one bucket alone.
   */
  boolean mustMergeWhole(List<PartResult> parts) {
    boolean anyWhole = false;
    boolean anyAstray = false;
    for (PartResult part : parts) {
      anyWhole |= part.part() == TablePart.WHOLE;
      anyAstray |= part.isAstray() || rewritesFileOfOthers(part);
    }
    return anyAstray || anyWhole && parts.size() > 1;
  }

  private boolean rewritesFileOfOthers(PartResult part) {
    return part.part() != TablePart.WHOLE
        && part.removed().stream().anyMatch(file -> file.bucket() == DataFile.ANY_BUCKET)
        && plan.buckets(table, plan.log(table).latest().orElse(null)) > 1;
  }

  /** Merges all rows of all parts at once. */
  List<PartResult> whole(List<PartResult> parts) {
    if (ofWhole.isEmpty()) {
      parts.forEach(part -> ofWhole.add(part.came()));
    }
    TableStore store = plan.store(table);
    List<RowBlock> rows = new ArrayList<>();
    ofWhole.forEach(kept -> rows.addAll(kept.read(store, plan.rule(table).key())));
    count += parts.size();
    PartMerge merge = new PartMerge(plan, new TablePart(table, TablePart.WHOLE));
    return List.of(merge.mergeAgain(rows, KeptRows.NONE));
  }

  /** Merges those parts again that a conflict affects; the others stay as they are. */
  List<PartResult> affected(List<PartResult> parts, ConflictException conflict) {
    TableState latest = plan.log(table).latest().orElse(null);
    if (!ofWhole.isEmpty() || plan.mergesWhole(table, latest)) {
      return whole(parts);
    }
    boolean isOneBucket = plan.buckets(table, latest) == 1;
    List<PartResult> result = new ArrayList<>();
    for (PartResult part : parts) {
      boolean isAffected =
          part.readVersion() != LogCommit.READS_NOTHING
              && (isOneBucket || conflict.affects(part.part()));
      result.add(isAffected ? merged(part) : part);
    }
    return result;
  }

  private PartResult merged(PartResult part) {
    count++;
    return new PartMerge(plan, new TablePart(table, part.part()))
        .mergeAgain(part.came().read(plan.store(table), plan.rule(table).key()), part.came());
  }
}
