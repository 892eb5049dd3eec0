package dev.larder.transforms.bronze;

import dev.larder.io.changes.Sequence;
import java.io.Serializable;
import java.util.Objects;

/**
 * When a table was read by a snapshot.
 *
 * @param start P0, recorded before the first row was read
 * @param startedAt when P0 was recorded, microseconds since the epoch, UTC
 * @param end P1, recorded after the last row was read
 */
public record SnapshotWindow(Sequence start, long startedAt, Sequence end) implements Serializable {

  public SnapshotWindow {
    Objects.requireNonNull(start, "start");
    if (end.compareTo(start) < 0) {
      throw new IllegalArgumentException("the end " + end + " is before the start " + start);
    }
  }
}
