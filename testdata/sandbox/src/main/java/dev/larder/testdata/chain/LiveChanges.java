package dev.larder.testdata.chain;

/**
 * Row changes of one table.
 *
 * @param rekeyed updates of the primary key; a change log shows each as a delete and a create. They
 *     are not counted in {@code updated}.
 */
public record LiveChanges(long inserted, long updated, long deleted, long rekeyed) {
  static final LiveChanges NONE = new LiveChanges(0, 0, 0, 0);

  LiveChanges plus(LiveChanges other) {
    return new LiveChanges(
        inserted + other.inserted,
        updated + other.updated,
        deleted + other.deleted,
        rekeyed + other.rekeyed);
  }

  /** Rows that the binary log holds: one per change. */
  public long total() {
    return inserted + updated + deleted + rekeyed;
  }
}
