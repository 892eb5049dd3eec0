package dev.larder.io.delta;

import dev.larder.io.changes.LoadRule;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Merges or appends the rows of one part of a table into files; nothing becomes visible. */
final class MergePartFn extends DoFn<KV<TablePart, Iterable<BundlePart>>, KV<String, PartResult>> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  MergePartFn(LoadPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(
      @Element KV<TablePart, Iterable<BundlePart>> part,
      OutputReceiver<KV<String, PartResult>> out) {
    String table = part.getKey().table();
    PartResult result =
        plan.rule(table) instanceof LoadRule.Append
            ? new PartAppend(plan, table).append(part.getValue().iterator())
            : new PartMerge(plan, part.getKey()).merge(part.getValue());
    out.output(KV.of(table, result));
  }
}
