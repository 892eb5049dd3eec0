package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import java.util.HashSet;
import org.apache.beam.sdk.values.KV;

/** Rows and letters apart. */
final class StageChangesFn extends StagingFn<ChangeRecord> {
  private static final long serialVersionUID = 1L;

  StageChangesFn(VaultStager stager, HashSet<String> released) {
    super(stager, released);
  }

  @ProcessElement
  public void process(@Element ChangeRecord change, MultiOutputReceiver out) {
    stage(
        change,
        out.get(LoadVault.ROWS)::output,
        out.get(LoadVault.DEAD_LETTERS)::output,
        (row, letter) -> out.get(LoadVault.CANDIDATES).output(KV.of(row, letter)));
  }
}
