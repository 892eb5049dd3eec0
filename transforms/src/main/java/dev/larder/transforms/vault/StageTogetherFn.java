package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import java.util.HashSet;
import org.apache.beam.sdk.values.KV;

/** Rows and letters in one collection. */
final class StageTogetherFn extends StagingFn<ChangeRecord> {
  private static final long serialVersionUID = 1L;

  StageTogetherFn(VaultStager stager, HashSet<String> released) {
    super(stager, released);
  }

  @ProcessElement
  public void process(@Element ChangeRecord change, MultiOutputReceiver out) {
    OutputReceiver<TableRow> rows = out.get(LoadVault.ROWS);
    stage(
        change,
        rows::output,
        rows::output,
        (row, letter) -> out.get(LoadVault.CANDIDATES).output(KV.of(row, letter)));
  }
}
