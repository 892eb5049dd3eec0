package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a batch does before it commits, without a pipeline: another writer can come in between. */
final class MergedBatch {
  private MergedBatch() {}

  static List<PartResult> parts(LoadPlan plan, List<TableRow> rows) {
    Map<TablePart, List<BundlePart>> parts = new HashMap<>();
    BundleRows bundle =
        new BundleRows(
            plan,
            new HashMap<>(),
            (part, block) -> parts.computeIfAbsent(part, any -> new ArrayList<>()).add(block));
    rows.forEach(bundle::add);
    bundle.finish();
    List<PartResult> results = new ArrayList<>();
    parts.forEach((part, blocks) -> results.add(new PartMerge(plan, part).merge(blocks)));
    return results;
  }
}
