package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a batch does before it commits, without a pipeline: another writer can come in between. */
final class MergedBatch {
  private MergedBatch() {}

  /** Rows as one bundle deals them out to the parts of their tables. */
  static Map<TablePart, List<BundlePart>> dealt(LoadPlan plan, List<TableRow> rows) {
    Map<TablePart, List<BundlePart>> parts = new HashMap<>();
    BundleRows bundle =
        new BundleRows(
            plan,
            new HashMap<>(),
            (part, block) -> parts.computeIfAbsent(part, any -> new ArrayList<>()).add(block));
    rows.forEach(bundle::add);
    bundle.finish();
    return parts;
  }

  static List<PartResult> parts(LoadPlan plan, List<TableRow> rows) {
    List<PartResult> results = new ArrayList<>();
    dealt(plan, rows)
        .forEach((part, blocks) -> results.add(new PartMerge(plan, part).merge(blocks)));
    return results;
  }
}
