package dev.larder.io.delta.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.delta.error.LogErrors;
import dev.larder.io.delta.log.LogEntry.Batch;
import dev.larder.io.delta.log.LogEntry.FileChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Actions of a log from their JSON. Actions and fields that are not known are passed over, as the
 * protocol wants it: those that matter are announced by the protocol action.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Actions".
 */
final class ActionReader {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String file;
  private final List<FileChange> added = new ArrayList<>();
  private final List<FileChange> removed = new ArrayList<>();
  private final Map<String, Batch> batches = new HashMap<>();
  private Protocol protocol;
  private TableMetadata metadata;
  private JsonNode commitInfo = MissingNode.getInstance();

  /**
   * @param file for messages
   */
  ActionReader(String file) {
    this.file = file;
  }

  /**
   * A version from the lines of its file.
   *
   * @throws dev.larder.io.changes.SinkException if a line is damaged, naming file and line
   */
  static LogEntry entry(String file, long version, long time, List<String> lines) {
    ActionReader reader = new ActionReader(file);
    int number = 0;
    int actions = 0;
    for (String line : lines) {
      number++;
      if (!line.isBlank()) {
        reader.line(number, line);
        actions++;
      }
    }
    if (actions == 0) {
      throw LogErrors.damaged(file, "it is empty", null);
    }
    String sum = reader.commitInfo.path("tags").path(LineChecksum.TAG).asText("");
    if (!sum.isEmpty() && !sum.equals(LineChecksum.of(lines.subList(1, lines.size())))) {
      throw LogErrors.checksum(file);
    }
    return reader.entry(version, time);
  }

  private void line(int number, String line) {
    try {
      action(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      // Without the message of the parser, which quotes what it has read.
      throw LogErrors.damaged(file, "line " + number + " is not JSON", null);
    } catch (IllegalArgumentException e) {
      throw LogErrors.damaged(file, "line " + number + ": " + e.getMessage(), null);
    }
  }

  LogEntry entry(long version, long time) {
    return new LogEntry(version, time, protocol, metadata, added, removed, batches, commitInfo);
  }

  /**
   * Takes an action in.
   *
   * @throws IllegalArgumentException if it lacks what the protocol demands
   */
  void action(JsonNode line) {
    if (!line.isObject()) {
      throw new IllegalArgumentException("not an action");
    }
    if (line.hasNonNull("add")) {
      JsonNode add = line.get("add");
      added.add(change(file(add, DataFile.LIVE), add, true));
    } else if (line.hasNonNull("remove")) {
      JsonNode remove = line.get("remove");
      removed.add(change(file(remove, remove.path("deletionTimestamp").asLong(0)), remove, false));
    } else if (line.hasNonNull("txn")) {
      JsonNode txn = line.get("txn");
      batches.put(
          required(txn, "appId").asText(),
          new Batch(required(txn, "version").asLong(), txn.path("lastUpdated").asLong(-1)));
    } else if (line.hasNonNull("metaData")) {
      required(line.get("metaData"), "schemaString");
      metadata = new TableMetadata((ObjectNode) line.get("metaData"));
    } else if (line.hasNonNull("protocol")) {
      protocol = protocol(line.get("protocol"));
    } else if (line.hasNonNull("commitInfo")) {
      commitInfo = line.get("commitInfo");
    }
  }

  private static DataFile file(JsonNode action, long deletedAt) {
    return new DataFile(
        required(action, "path").asText(),
        action.path("size").asLong(0),
        action.path("modificationTime").asLong(0),
        action.hasNonNull("stats") ? action.get("stats").asText() : null,
        texts(action.path("tags")),
        values(action.path("partitionValues")),
        deletedAt);
  }

  private static FileChange change(DataFile file, JsonNode action, boolean added) {
    JsonNode vector = action.path("deletionVector");
    String id =
        vector.isObject()
            ? vector.path("storageType").asText()
                + vector.path("pathOrInlineDv").asText()
                + (vector.hasNonNull("offset") ? "@" + vector.get("offset").asText() : "")
            : null;
    // A checkpoint leaves dataChange out of what it holds, which is never a change.
    return new FileChange(file, id, action.path("dataChange").asBoolean(added));
  }

  private static Map<String, String> texts(JsonNode object) {
    if (object.size() == 0) {
      return Map.of();
    }
    Map<String, String> texts = values(object);
    texts.values().removeIf(value -> value == null);
    return texts;
  }

  private static Map<String, String> values(JsonNode object) {
    if (object.size() == 0) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    object
        .fields()
        .forEachRemaining(
            field ->
                values.put(
                    field.getKey(), field.getValue().isNull() ? null : field.getValue().asText()));
    return values;
  }

  private static Protocol protocol(JsonNode action) {
    return new Protocol(
        required(action, "minReaderVersion").asInt(),
        required(action, "minWriterVersion").asInt(),
        names(action.path("readerFeatures")),
        names(action.path("writerFeatures")));
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new HashSet<>();
    list.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static JsonNode required(JsonNode action, String field) {
    if (!action.hasNonNull(field)) {
      throw new IllegalArgumentException("an action without " + field);
    }
    return action.get(field);
  }
}
