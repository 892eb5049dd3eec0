package dev.larder.transforms.vault;

/** Makes the rows of one table of the vault from the changes of one table of a source. */
interface RowStage {

  /** Gives the rows that a change means. */
  void stage(Event event, StagedRows out);

  /** Gives the row that the end of all rows means, where it means one. */
  default void truncate(Stamp stamp, StagedRows out) {}
}
