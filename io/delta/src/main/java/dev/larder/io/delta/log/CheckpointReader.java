package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The rows of a checkpoint as the JSON that they would be in the log.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Checkpoints", "Checkpoint Schema".
 */
final class CheckpointReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What is read; statistics and partition values in columns are there as text too. */
  private static final Map<String, Set<String>> WANTED =
      Map.of(
          "txn", Set.of("appId", "version", "lastUpdated"),
          "add",
              Set.of(
                  "path",
                  "partitionValues",
                  "size",
                  "modificationTime",
                  "dataChange",
                  "stats",
                  "tags",
                  "deletionVector"),
          "remove",
              Set.of(
                  "path",
                  "deletionTimestamp",
                  "partitionValues",
                  "size",
                  "dataChange",
                  "tags",
                  "deletionVector"),
          "metaData",
              Set.of(
                  "id",
                  "name",
                  "description",
                  "format",
                  "schemaString",
                  "partitionColumns",
                  "configuration",
                  "createdTime"),
          "protocol",
              Set.of("minReaderVersion", "minWriterVersion", "readerFeatures", "writerFeatures"),
          "checkpointMetadata", Set.of("version"),
          "sidecar", Set.of("path"));

  private CheckpointReader() {}

  /** Passes every row on that holds an action we know. */
  static void read(InputFile file, Consumer<JsonNode> rows) throws IOException {
    Configuration configuration = new Configuration(false);
    try (ParquetFileReader footer = ParquetFileReader.open(file)) {
      configuration.set(
          ReadSupport.PARQUET_READ_SCHEMA,
          projection(footer.getFileMetaData().getSchema()).toString());
    }
    try (ParquetReader<Group> groups = new Groups(file).withConf(configuration).build()) {
      for (Group group = groups.read(); group != null; group = groups.read()) {
        ObjectNode row = struct(group);
        if (row.size() > 0) {
          rows.accept(row);
        }
      }
    }
  }

  private static final class Groups extends ParquetReader.Builder<Group> {
    Groups(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  private static MessageType projection(MessageType schema) {
    List<Type> actions = new ArrayList<>();
    for (Type action : schema.getFields()) {
      Set<String> wanted = WANTED.get(action.getName());
      if (wanted != null && !action.isPrimitive()) {
        List<Type> fields =
            action.asGroupType().getFields().stream()
                .filter(field -> wanted.contains(field.getName()))
                .toList();
        if (!fields.isEmpty()) {
          actions.add(action.asGroupType().withNewFields(fields));
        }
      }
    }
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("it holds no actions");
    }
    return new MessageType(schema.getName(), actions);
  }

  private static ObjectNode struct(Group group) {
    ObjectNode struct = JSON.objectNode();
    GroupType type = group.getType();
    for (int i = 0; i < type.getFieldCount(); i++) {
      if (group.getFieldRepetitionCount(i) > 0) {
        struct.set(type.getFieldName(i), value(group, i, 0));
      }
    }
    return struct;
  }

  private static JsonNode value(Group group, int field, int index) {
    Type type = group.getType().getType(field);
    if (type.isPrimitive()) {
      return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
        case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
        case INT32 -> JSON.numberNode(group.getInteger(field, index));
        case INT64 -> JSON.numberNode(group.getLong(field, index));
        default -> JSON.textNode(group.getString(field, index));
      };
    }
    Group inner = group.getGroup(field, index);
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
        || annotation instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation) {
      return map(inner);
    } else if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
      return list(inner);
    }
    return struct(inner);
  }

  private static ObjectNode map(Group group) {
    ObjectNode map = JSON.objectNode();
    for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
      Group entry = group.getGroup(0, i);
      map.set(
          entry.getString(0, 0),
          entry.getFieldRepetitionCount(1) > 0 ? value(entry, 1, 0) : JSON.nullNode());
    }
    return map;
  }

  private static ArrayNode list(Group group) {
    ArrayNode list = JSON.arrayNode();
    boolean wrapped = !group.getType().getType(0).isPrimitive();
    for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
      list.add(wrapped ? value(group.getGroup(0, i), 0, 0) : value(group, 0, i));
    }
    return list;
  }
}
