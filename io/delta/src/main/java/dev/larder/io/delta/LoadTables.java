package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;

/** The steps that {@code writeRows} and {@code mergeRows} share. */
final class LoadTables extends PTransform<PCollection<TableRow>, DeltaWriteResult> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  LoadTables(LoadPlan plan) {
    this.plan = plan;
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRow> rows) {
    return rows.apply("One window", Window.into(new GlobalWindows()))
        .apply("Block rows", ParDo.of(new BlockRowsFn(plan)))
        .setCoder(KvCoder.of(new TablePart.PartCoder(), new BundlePart.PartCoder()))
        .apply("Parts", new LoadParts(plan));
  }
}
