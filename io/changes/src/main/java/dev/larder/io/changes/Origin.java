package dev.larder.io.changes;

/** Which branch a change came by. */
public enum Origin {
  /** Read from the table by the snapshot branch. */
  SNAPSHOT,
  /** Read from the binlog by the CDC branch. */
  LOG
}
