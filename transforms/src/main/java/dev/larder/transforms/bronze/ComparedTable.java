package dev.larder.transforms.bronze;

import dev.larder.io.changes.Sequence;
import java.io.Serializable;
import java.util.Objects;

/**
 * How a full read of a table is compared with what the reads before it found.
 *
 * @param read the sequence of the read's rows; the one before it in the same position is that of
 *     what the read found to be gone
 * @param readAt when the read began, microseconds since the epoch, UTC
 */
public record ComparedTable(Sequence read, long readAt, Gone gone, Unchanged unchanged)
    implements Serializable {

  /** What becomes of a row that the read has not. */
  public enum Gone {
    DELETED,
    KEPT
  }

  /** What becomes of a row that the read has as the one before. */
  public enum Unchanged {
    LEFT_OUT,
    /** It is loaded again: for tables whose rows mean something only together. */
    LOADED
  }

  public ComparedTable {
    Objects.requireNonNull(gone, "gone");
    Objects.requireNonNull(unchanged, "unchanged");
    if (read.row() < 1) {
      throw new IllegalArgumentException("no place before " + read + " in its position");
    }
  }

  /** The place of what was there until the read: before every row of it. */
  Sequence left() {
    return new Sequence(read.file(), read.position(), read.row() - 1);
  }
}
