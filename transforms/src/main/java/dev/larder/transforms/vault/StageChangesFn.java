package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;

/** Rows and letters apart. */
final class StageChangesFn extends StagingFn<ChangeRecord> {
  private static final long serialVersionUID = 1L;

  StageChangesFn(VaultStager stager) {
    super(stager);
  }

  @ProcessElement
  public void process(@Element ChangeRecord change, MultiOutputReceiver out) {
    stage(change, out.get(LoadVault.ROWS)::output, out.get(LoadVault.DEAD_LETTERS)::output);
  }
}
