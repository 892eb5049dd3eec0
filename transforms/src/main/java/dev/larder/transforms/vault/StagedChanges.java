package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import java.util.HashSet;
import java.util.function.Consumer;

/** The rows of a vault without late policies, and the letters, of changes. */
final class StagedChanges implements RowMaker<ChangeRecord> {
  private static final long serialVersionUID = 1L;

  private final Staging staging;

  StagedChanges(VaultStager stager) {
    this.staging = new Staging(stager, new HashSet<>());
  }

  @Override
  public void begin() {
    staging.begin();
  }

  @Override
  public void make(ChangeRecord change, Consumer<TableRow> out) {
    staging.stage(change, out, out, (row, letter) -> out.accept(row));
  }

  @Override
  public void end() {
    staging.end();
  }
}
