package dev.larder.io.delta.service;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * What {@code vacuum} did to one table, or would do.
 *
 * @param table the table's path below the lake
 * @param version that was the latest
 * @param horizon versions that were the latest at this time, and later ones, keep their files
 * @param deleted names of the files below the table that were deleted, or would be
 * @param bytesDeleted their size
 * @param filesNeeded files that versions within the retention need
 * @param bytesNeeded their size
 * @param filesYoung files that no version needs, too young to be deleted
 */
public record VacuumReport(
    String table,
    long version,
    Instant horizon,
    VacuumSettings.Mode mode,
    List<String> deleted,
    long bytesDeleted,
    int filesNeeded,
    long bytesNeeded,
    int filesYoung)
    implements Serializable {

  public VacuumReport {
    deleted = List.copyOf(deleted);
  }
}
