package dev.larder.io.delta.service;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * What {@code optimize} is to make of a table.
 *
 * @param targetSize bytes that a file is to have, about
 * @param groupSize bytes of files that are clustered together, at most, about: more of them make
 *     files smaller in each column, and are sorted by one worker
 * @param clusterBy columns that rows are to be near each other in, 1 to 4; empty for compaction
 *     alone
 */
public record OptimizeSettings(long targetSize, long groupSize, List<String> clusterBy)
    implements Serializable {
  private static final long TARGET_SIZE = 128L << 20;
  private static final int FILES_IN_GROUP = 64;
  private static final int MAX_COLUMNS = 4;

  /** Files of 128 MiB, without clustering. */
  public static final OptimizeSettings DEFAULT =
      new OptimizeSettings(TARGET_SIZE, TARGET_SIZE * FILES_IN_GROUP, List.of());

  public OptimizeSettings {
    clusterBy = List.copyOf(clusterBy);
    if (targetSize < 1 || groupSize < targetSize) {
      throw new IllegalArgumentException(
          "files of " + targetSize + " bytes in groups of " + groupSize + " bytes");
    }
    if (clusterBy.size() > MAX_COLUMNS || new HashSet<>(clusterBy).size() < clusterBy.size()) {
      throw new IllegalArgumentException(
          clusterBy + ": rows are clustered by 1 to 4 columns, each named once");
    }
  }

  /** Groups grow with the files: 64 of them. */
  public OptimizeSettings withTargetSize(long bytes) {
    return new OptimizeSettings(bytes, bytes * FILES_IN_GROUP, clusterBy);
  }

  public OptimizeSettings withGroupSize(long bytes) {
    return new OptimizeSettings(targetSize, bytes, clusterBy);
  }

  public OptimizeSettings withClusterBy(List<String> columns) {
    return new OptimizeSettings(targetSize, groupSize, columns);
  }

  boolean clusters() {
    return !clusterBy.isEmpty();
  }

  /** The columns as a file's tag names them; Delta allows no comma in a name. */
  String clusterTag() {
    return String.join(",", clusterBy);
  }
}
