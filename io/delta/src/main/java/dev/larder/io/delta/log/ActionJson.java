package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.delta.log.LogEntry.Batch;
import java.util.Map;
import java.util.TreeMap;

/**
 * Actions of a log as JSON, for its versions and for its checkpoints.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Actions"; delta-spark 3.3, {@code actions.scala}.
 */
final class ActionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ActionJson() {}

  static ObjectNode action(String name, ObjectNode action) {
    return JSON.objectNode().set(name, action);
  }

  static ObjectNode protocol(Protocol protocol) {
    ObjectNode json = JSON.objectNode();
    json.put("minReaderVersion", protocol.reader());
    json.put("minWriterVersion", protocol.writer());
    if (!protocol.readerFeatures().isEmpty()) {
      protocol.readerFeatures().forEach(json.putArray("readerFeatures")::add);
    }
    if (!protocol.writerFeatures().isEmpty()) {
      protocol.writerFeatures().forEach(json.putArray("writerFeatures")::add);
    }
    return action("protocol", json);
  }

  static ObjectNode txn(String appId, Batch batch) {
    ObjectNode json = JSON.objectNode();
    json.put("appId", appId);
    json.put("version", batch.number());
    if (batch.committedAt() >= 0) {
      json.put("lastUpdated", batch.committedAt());
    }
    return action("txn", json);
  }

  static ObjectNode add(DataFile file, boolean dataChange) {
    ObjectNode json = JSON.objectNode();
    json.put("path", file.path());
    texts(json.putObject("partitionValues"), file.partitionValues());
    json.put("size", file.size());
    json.put("modificationTime", file.modifiedAt());
    json.put("dataChange", dataChange);
    if (file.stats() != null) {
      json.put("stats", file.stats());
    }
    if (!file.tags().isEmpty()) {
      texts(json.putObject("tags"), new TreeMap<>(file.tags()));
    }
    return action("add", json);
  }

  /**
   * @param file with the time of its removal
   */
  static ObjectNode remove(DataFile file, boolean dataChange) {
    ObjectNode json = JSON.objectNode();
    json.put("path", file.path());
    json.put("deletionTimestamp", file.deletedAt());
    json.put("dataChange", dataChange);
    // Whether size and partition values are given, which some writers leave out.
    json.put("extendedFileMetadata", file.size() > 0);
    if (file.size() > 0) {
      texts(json.putObject("partitionValues"), file.partitionValues());
      json.put("size", file.size());
    }
    if (!file.tags().isEmpty()) {
      texts(json.putObject("tags"), new TreeMap<>(file.tags()));
    }
    return action("remove", json);
  }

  static void texts(ObjectNode object, Map<String, String> texts) {
    texts.forEach(object::put);
  }
}
