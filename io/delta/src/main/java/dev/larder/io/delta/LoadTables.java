package dev.larder.io.delta;

import dev.larder.io.changes.RowMaker;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;

/** The steps that {@code writeRows} and {@code mergeRows} share. */
final class LoadTables<T> extends PTransform<PCollection<T>, DeltaWriteResult> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  private final RowMaker<T> maker;

  LoadTables(LoadPlan plan, RowMaker<T> maker) {
    this.plan = plan;
    this.maker = maker;
  }

  @Override
  public DeltaWriteResult expand(PCollection<T> elements) {
    return elements
        .apply("One window", Window.into(new GlobalWindows()))
        .apply("Block rows", ParDo.of(new BlockRowsFn<>(plan, maker)))
        .setCoder(KvCoder.of(plan.partCoder(), new BundlePart.PartCoder()))
        .apply("Parts", new LoadParts(plan));
  }
}
