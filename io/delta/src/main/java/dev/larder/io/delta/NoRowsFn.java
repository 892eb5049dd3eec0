package dev.larder.io.delta;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Sees to it that a table is committed, though no row may come for it. */
final class NoRowsFn extends DoFn<String, KV<TablePart, BundlePart>> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  NoRowsFn(LoadPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element String table, OutputReceiver<KV<TablePart, BundlePart>> out) {
    TableRoute.Appended route = new TableRoute.Appended(plan, table);
    out.output(
        KV.of(new TablePart(table, 0), new BundlePart.Written(0, route.schema(), List.of())));
  }
}
