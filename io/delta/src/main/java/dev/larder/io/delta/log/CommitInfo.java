package dev.larder.io.delta.log;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * What a version's writer said of it: a line of {@code DESCRIBE HISTORY}.
 *
 * @param time of the version: modification time of its file in the log, to the millisecond, later
 *     than that of every version before it
 * @param operation {@code WRITE}, {@code MERGE}, {@code OPTIMIZE}; empty if its writer said nothing
 * @param parameters of the operation; a value that is no text is given as JSON
 * @param metrics of the operation: {@code numFiles}, {@code numOutputRows}
 * @param engine that wrote it; empty if unknown
 */
public record CommitInfo(
    long version,
    Instant time,
    String operation,
    Map<String, String> parameters,
    Map<String, String> metrics,
    String engine)
    implements Serializable {

  public CommitInfo {
    parameters = Map.copyOf(parameters);
    metrics = Map.copyOf(metrics);
  }
}
