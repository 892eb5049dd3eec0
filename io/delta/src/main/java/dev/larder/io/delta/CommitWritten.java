package dev.larder.io.delta;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** {@link WriteRows#written}. */
final class CommitWritten extends PTransform<PCollection<WrittenRows>, DeltaWriteResult> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;

  CommitWritten(LoadPlan plan) {
    this.plan = plan;
  }

  @Override
  public DeltaWriteResult expand(PCollection<WrittenRows> written) {
    return written
        .apply("One window", Window.into(new GlobalWindows()))
        .apply("Files", ParDo.of(new FilesFn()))
        .setCoder(KvCoder.of(new TablePart.PartCoder(), new BundlePart.PartCoder()))
        .apply("Load", new LoadParts(plan));
  }

  private static final class FilesFn extends DoFn<WrittenRows, KV<TablePart, BundlePart>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element WrittenRows written, OutputReceiver<KV<TablePart, BundlePart>> out) {
      if (!written.part().files().isEmpty()) {
        out.output(KV.of(new TablePart(written.table(), 0), written.part()));
      }
    }
  }
}
