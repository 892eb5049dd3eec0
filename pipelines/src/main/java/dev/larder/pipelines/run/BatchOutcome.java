package dev.larder.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a batch came to, as its line in the ledger keeps it.
 *
 * @param records read from Kafka
 * @param bytes of their keys and values
 * @param rows that became visible in the lake, of all tables
 * @param written bytes of the files that they are in, with the rows that stood there before
 * @param deadLetters records that could not be decoded
 * @param seconds from its plan to its last commit
 * @param commitSeconds the longest commit of a table
 */
record BatchOutcome(
    long records,
    long bytes,
    long rows,
    long written,
    long deadLetters,
    double seconds,
    double commitSeconds) {
  static final BatchOutcome NOTHING = new BatchOutcome(0, 0, 0, 0, 0, 0, 0);
  static final String RECORDS = "records";
  static final String BYTES = "bytes";
  static final String ROWS = "rows";
  static final String WRITTEN = "bytes_written";
  static final String DEAD_LETTERS = "dead_letters";
  static final String SECONDS = "seconds";
  private static final String COMMIT_SECONDS = "commit_seconds";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Both together; of commits the longer. */
  BatchOutcome plus(BatchOutcome other) {
    return new BatchOutcome(
        records + other.records,
        bytes + other.bytes,
        rows + other.rows,
        written + other.written,
        deadLetters + other.deadLetters,
        seconds + other.seconds,
        Math.max(commitSeconds, other.commitSeconds));
  }

  ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.put(RECORDS, records).put(BYTES, bytes).put(ROWS, rows).put(WRITTEN, written);
    node.put(DEAD_LETTERS, deadLetters);
    return node.put(SECONDS, seconds).put(COMMIT_SECONDS, commitSeconds);
  }

  String toJson() {
    return json().toString();
  }

  /** The inverse of {@link #json}; what an older version did not write is 0. */
  static BatchOutcome of(JsonNode node) {
    return new BatchOutcome(
        node.path(RECORDS).asLong(),
        node.path(BYTES).asLong(),
        node.path(ROWS).asLong(),
        node.path(WRITTEN).asLong(),
        node.path(DEAD_LETTERS).asLong(),
        node.path(SECONDS).asDouble(),
        node.path(COMMIT_SECONDS).asDouble());
  }

  /** The inverse of {@link #toJson}. */
  static BatchOutcome fromJson(String json) {
    try {
      return of(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no outcome of a batch: " + json, e);
    }
  }
}
