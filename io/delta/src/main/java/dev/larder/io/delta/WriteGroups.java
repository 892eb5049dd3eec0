package dev.larder.io.delta;

import dev.larder.io.changes.TableRows;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** {@link WriteRows#groups}: each group is written where it is, partition after partition. */
final class WriteGroups extends PTransform<PCollection<TableRows>, DeltaWriteResult> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  WriteGroups(LoadPlan plan) {
    this.plan = plan;
  }

  @Override
  public DeltaWriteResult expand(PCollection<TableRows> groups) {
    KvCoder<TablePart, BundlePart> coder =
        KvCoder.of(new TablePart.PartCoder(), new BundlePart.PartCoder());
    PCollection<KV<TablePart, BundlePart>> written =
        groups
            .apply("One window", Window.into(new GlobalWindows()))
            .apply("Write files", ParDo.of(new WriteGroupFn(plan)))
            .setCoder(coder);
    // Tables of which partitions only go are committed, too.
    PCollection<KV<TablePart, BundlePart>> replaced =
        groups
            .getPipeline()
            .apply(
                "Replaced tables",
                Create.of(List.copyOf(plan.replacements().keySet()))
                    .withCoder(StringUtf8Coder.of()))
            .apply("Without rows", ParDo.of(new NoRowsFn(plan)))
            .setCoder(coder);
    return PCollectionList.of(written)
        .and(replaced)
        .apply("Files and tables", Flatten.pCollections())
        .apply("Load", new LoadParts(plan));
  }
}
