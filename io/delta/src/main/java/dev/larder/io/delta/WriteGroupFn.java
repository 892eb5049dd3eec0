package dev.larder.io.delta;

import dev.larder.io.changes.TableRows;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Writes the rows of each group into files. */
final class WriteGroupFn extends DoFn<TableRows, KV<TablePart, BundlePart>> {
  private static final long serialVersionUID = 1L;

  private final GroupFiles files;

  WriteGroupFn(LoadPlan plan) {
    this.files = new GroupFiles(plan);
  }

  @ProcessElement
  public void process(@Element TableRows group, OutputReceiver<KV<TablePart, BundlePart>> out) {
    BundlePart.Written written = files.write(group);
    if (!written.files().isEmpty()) {
      out.output(KV.of(new TablePart(group.table(), 0), written));
    }
  }
}
