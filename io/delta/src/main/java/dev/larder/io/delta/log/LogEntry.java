package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One version of a log as its JSON file holds it.
 *
 * @param time milliseconds since the epoch: modification time of the file
 * @param protocol null if the version does not change it
 * @param metadata null if the version does not change it
 * @param batches of applications, by their id
 * @param commitInfo an empty object if there is none
 */
record LogEntry(
    long version,
    long time,
    Protocol protocol,
    TableMetadata metadata,
    List<FileChange> added,
    List<FileChange> removed,
    Map<String, Batch> batches,
    JsonNode commitInfo) {

  /**
   * The latest batch of an application.
   *
   * @param committedAt milliseconds since the epoch; -1 if its writer did not say
   */
  record Batch(long number, long committedAt) {}

  /**
   * A file that was added or removed.
   *
   * @param deletionVector its unique id; null if it has none
   */
  record FileChange(DataFile file, String deletionVector, boolean dataChange) {

    /** What the log knows a file by. */
    String key() {
      return deletionVector == null ? file.path() : file.path() + '\n' + deletionVector;
    }
  }

  /** Names this very commit; empty if its writer gave it no name. */
  String txnId() {
    return commitInfo.path("txnId").asText("");
  }
}
