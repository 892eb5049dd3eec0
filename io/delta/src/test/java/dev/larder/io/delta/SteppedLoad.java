package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code mergeRows()} step by step and without a runner: quick to start, and a test can do
 * something between two steps.
 */
public final class SteppedLoad {
  private final LoadPlan plan;
  private final Map<TablePart, List<BundlePart>> blocks = new LinkedHashMap<>();
  private final Map<String, List<PartResult>> results = new LinkedHashMap<>();

  public SteppedLoad(String lake, Collection<TableSpec> specs, String appId, long batch) {
    this.plan =
        LoadPlan.of(LoadPlan.Undeclared.REFUSE)
            .withLake(lake)
            .withTables(specs)
            .withTransaction(appId, batch);
  }

  /** Deals rows out to the parts of their tables, as one bundle. */
  public SteppedLoad deal(List<TableRow> rows) {
    BundleRows bundle =
        new BundleRows(
            plan,
            new HashMap<>(),
            (part, block) -> blocks.computeIfAbsent(part, any -> new ArrayList<>()).add(block));
    rows.forEach(bundle::add);
    bundle.finish();
    return this;
  }

  /** Merges the parts that have rows; nothing becomes visible. */
  public SteppedLoad merge() {
    blocks.forEach(
        (part, brought) -> {
          String table = part.table();
          PartResult result =
              plan.rule(table) instanceof LoadRule.Append
                  ? new PartAppend(plan, table).append(brought.iterator())
                  : new PartMerge(plan, part).merge(brought);
          results.computeIfAbsent(table, any -> new ArrayList<>()).add(result);
        });
    blocks.clear();
    return this;
  }

  /** Commits table by table. May be called again, as a runner may. */
  public void commit() {
    results.forEach((table, parts) -> new TableCommitter(plan, table).commit(parts));
  }
}
