package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import java.util.HashSet;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * {@link Staging} as a step. What its elements are and where rows and letters go, the functions of
 * this kind say.
 */
abstract class StagingFn<T> extends DoFn<T, TableRow> {
  private static final long serialVersionUID = 1L;

  private final Staging staging;

  /**
   * @param released places of changes whose rows are put into their place, late or not
   */
  StagingFn(VaultStager stager, HashSet<String> released) {
    this.staging = new Staging(stager, released);
  }

  @StartBundle
  public void startBundle() {
    staging.begin();
  }

  final void stage(
      ChangeRecord change,
      Consumer<TableRow> loaded,
      Consumer<TableRow> letters,
      Staging.Candidates candidates) {
    staging.stage(change, loaded, letters, candidates);
  }

  @FinishBundle
  public void finishBundle() {
    staging.end();
  }
}
