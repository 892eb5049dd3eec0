package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Sequence;

/** The technical values that all rows of one change share. */
record Stamp(Long loadedAt, String seq, String recordSource, Sequence order) {
  /** How many columns they are. */
  static final int SIZE = 3;

  /**
   * @param loadedAt microseconds since the epoch, UTC
   */
  static Stamp of(ChangeRecord record, long loadedAt, String recordSource) {
    return new Stamp(loadedAt, record.sequence().text(), recordSource, record.sequence());
  }

  /** Writes the technical columns. */
  void put(Object[] row, int at) {
    row[at] = loadedAt;
    row[at + 1] = seq;
    row[at + 2] = recordSource;
  }
}
