package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import org.apache.beam.sdk.transforms.DoFn;

/** Stages each change and leaves out keys that the bundle has had. */
final class StageChangesFn extends DoFn<ChangeRecord, TableRow> {
  private static final long serialVersionUID = 1L;

  private final Staging staging;

  StageChangesFn(VaultStager stager) {
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
  public void process(@Element ChangeRecord change, MultiOutputReceiver out) {
    staging.stage(change, out.get(LoadVault.ROWS)::output, out.get(LoadVault.DEAD_LETTERS)::output);
  }

  @FinishBundle
  public void finishBundle() {
    staging.finishBundle();
  }
}
