package dev.larder.io.delta;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Merges or appends the rows of one part of a table into files; nothing becomes visible. */
final class MergePartFn extends DoFn<KV<TablePart, Iterable<RowBlock>>, KV<String, PartResult>> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  MergePartFn(LoadPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(
      @Element KV<TablePart, Iterable<RowBlock>> part, OutputReceiver<KV<String, PartResult>> out) {
    PartMerge merge = new PartMerge(plan, part.getKey());
    out.output(KV.of(part.getKey().table(), merge.merge(part.getValue())));
  }
}
