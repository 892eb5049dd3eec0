package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.SourceException;

/** Errors of this package that a user can mend. */
final class BronzeErrors {

  private BronzeErrors() {}

  static SourceException truncatedDuringSnapshot(ChangeRecord truncate) {
    return new SourceException(
        truncate.table().id()
            + " was truncated at "
            + truncate.sequence()
            + ", while its snapshot was read, so what it held at the snapshot's start cannot be"
            + " told. Take the snapshot of this table again.");
  }
}
