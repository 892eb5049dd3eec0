package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Sequence;

/** The technical values that all rows of one change share. */
record Stamp(Long loadedAt, String seq, String recordSource, Sequence order) {

  static Stamp of(ChangeRecord record, String recordSource) {
    return new Stamp(
        record.committedAt(), record.sequence().text(), recordSource, record.sequence());
  }

  /** Writes the technical columns. */
  void put(Object[] row, int at) {
    row[at] = loadedAt;
    row[at + 1] = seq;
    row[at + 2] = recordSource;
  }
}
