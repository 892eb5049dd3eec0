package dev.larder.transforms.vault;

import dev.larder.io.changes.TableRow;

/** Takes what a change means for the vault. */
public interface StagedRows {

  /** A row for one of the vault's tables. */
  void row(TableRow row);

  /**
   * Something of the change cannot be loaded; what can, was or will be given to {@link #row}.
   * Called at most once for a change.
   *
   * @param reason what is wrong and what to do, without the payload
   */
  void reject(String reason);
}
