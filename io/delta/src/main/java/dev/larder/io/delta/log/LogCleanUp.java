package dev.larder.io.delta.log;

import java.io.Serializable;
import java.util.List;

/**
 * What a clean-up of a log did.
 *
 * @param oldestVersion the oldest version that can still be read
 * @param deleted names of the files that were deleted from the log's folder
 */
public record LogCleanUp(long oldestVersion, List<String> deleted) implements Serializable {

  public LogCleanUp {
    deleted = List.copyOf(deleted);
  }
}
