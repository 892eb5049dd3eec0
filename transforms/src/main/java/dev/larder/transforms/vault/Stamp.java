package dev.larder.transforms.vault;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Sequence;

/** The technical values that all rows of one change share. */
record Stamp(Long loadedAt, String seq, String recordSource, Sequence order) {
  /** How many columns they are. */
  static final int SIZE = 3;

  /** Makes the stamps of a table's changes. Not for two threads. */
  static final class Of {
    private final String recordSource;

    /** Of the last change: all rows of a snapshot have one. */
    private Sequence place;

    private String text;

    Of(String recordSource) {
      this.recordSource = recordSource;
    }

    /**
     * @param loadedAt microseconds since the epoch, UTC
     */
    Stamp stamp(ChangeRecord record, long loadedAt) {
      if (!record.sequence().equals(place)) {
        place = record.sequence();
        text = place.text();
      }
      return new Stamp(loadedAt, text, recordSource, place);
    }
  }

  /** Writes the technical columns. */
  void put(Object[] row, int at) {
    row[at] = loadedAt;
    row[at + 1] = seq;
    row[at + 2] = recordSource;
  }
}
