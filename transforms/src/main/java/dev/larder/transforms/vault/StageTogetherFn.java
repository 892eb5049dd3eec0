package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import org.apache.beam.sdk.transforms.DoFn;

/** Rows and letters in one collection. */
final class StageTogetherFn extends DoFn<ChangeRecord, TableRow> {
  private static final long serialVersionUID = 1L;

  private final Staging staging;

  StageTogetherFn(VaultStager stager) {
    this.staging = new Staging(stager);
  }

  @Setup
  public void setup() {
    staging.setup();
  }

  @StartBundle
  public void startBundle() {
    staging.startBundle();
  }

  @ProcessElement
  public void process(@Element ChangeRecord change, OutputReceiver<TableRow> out) {
    staging.stage(change, out::output, out::output);
  }

  @FinishBundle
  public void finishBundle() {
    staging.finishBundle();
  }
}
