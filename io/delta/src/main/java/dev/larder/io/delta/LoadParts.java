package dev.larder.io.delta;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Merges or appends what bundles bring, and commits each table once. */
final class LoadParts extends PTransform<PCollection<KV<TablePart, BundlePart>>, DeltaWriteResult> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  LoadParts(LoadPlan plan) {
    this.plan = plan;
  }

  @Override
  public DeltaWriteResult expand(PCollection<KV<TablePart, BundlePart>> parts) {
    return new DeltaWriteResult(
        parts
            .apply("Group by part", GroupByKey.create())
            .apply("Merge part", ParDo.of(new MergePartFn(plan)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(PartResult.class)))
            .apply("Group by table", GroupByKey.create())
            .apply("Commit table", ParDo.of(new CommitTableFn(plan)))
            .setCoder(SerializableCoder.of(TableCommit.class)));
  }
}
