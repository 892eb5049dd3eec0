package dev.larder.io.delta.service;

import dev.larder.io.delta.file.ByteSize;
import dev.larder.io.delta.file.RollingFiles;
import dev.larder.io.delta.log.TableState;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * What {@code optimize} is to make of a table.
 *
 * @param targetSize bytes that a file is to have, about; 0 for what the table's property {@code
 *     delta.targetFileSize} says, else 128 MiB
 * @param groupSize bytes of files that are clustered together, at most, about: more of them make
 *     files smaller in each column, and are sorted by one worker; 0 for 64 files
 * @param clusterBy columns that rows are to be near each other in, 1 to 4; empty for compaction
 *     alone
 */
public record OptimizeSettings(long targetSize, long groupSize, List<String> clusterBy)
    implements Serializable {
  private static final String TARGET_SIZE = "delta.targetFileSize";
  private static final int FILES_IN_GROUP = 64;
  private static final int MAX_COLUMNS = 4;

  /** Compaction to files of the table's own size. */
  public static final OptimizeSettings DEFAULT = new OptimizeSettings(0, 0, List.of());

  public OptimizeSettings {
    clusterBy = List.copyOf(clusterBy);
    if (targetSize < 0 || groupSize < 0) {
      throw new IllegalArgumentException(
          "files of " + targetSize + " bytes in groups of " + groupSize + " bytes");
    }
    if (clusterBy.size() > MAX_COLUMNS || new HashSet<>(clusterBy).size() < clusterBy.size()) {
      throw new IllegalArgumentException(
          clusterBy + ": rows are clustered by 1 to 4 columns, each named once");
    }
  }

  public OptimizeSettings withTargetSize(long bytes) {
    return new OptimizeSettings(bytes, groupSize, clusterBy);
  }

  public OptimizeSettings withGroupSize(long bytes) {
    return new OptimizeSettings(targetSize, bytes, clusterBy);
  }

  public OptimizeSettings withClusterBy(List<String> columns) {
    return new OptimizeSettings(targetSize, groupSize, columns);
  }

  /**
   * These settings with sizes for a table.
   *
   * @param path of the table, for messages
   */
  OptimizeSettings in(String path, TableState table) {
    String wanted = table.properties().get(TARGET_SIZE);
    long ofTable =
        wanted == null ? RollingFiles.TARGET_SIZE : ByteSize.parse(path, TARGET_SIZE, wanted);
    long target = Math.max(1, targetSize > 0 ? targetSize : ofTable);
    long group = groupSize > 0 ? groupSize : target * FILES_IN_GROUP;
    return new OptimizeSettings(target, Math.max(target, group), clusterBy);
  }

  boolean clusters() {
    return !clusterBy.isEmpty();
  }

  /** The columns as a file's tag names them; Delta allows no comma in a name. */
  String clusterTag() {
    return String.join(",", clusterBy);
  }
}
