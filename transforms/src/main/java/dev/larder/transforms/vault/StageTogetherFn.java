package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;

/** Rows and letters in one collection. */
final class StageTogetherFn extends StagingFn<ChangeRecord> {
  private static final long serialVersionUID = 1L;

  StageTogetherFn(VaultStager stager) {
    super(stager);
  }

  @ProcessElement
  public void process(@Element ChangeRecord change, OutputReceiver<TableRow> out) {
    stage(change, out::output, out::output);
  }
}
