package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/**
 * Actions in their JSON as rows of a checkpoint.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Checkpoint Schema".
 */
final class CheckpointWriter {
  private static final String MAP =
      " (MAP) { repeated group key_value { required binary key (STRING);"
          + " optional binary value (STRING); } }\n";
  private static final String LIST =
      " (LIST) { repeated group list { optional binary element (STRING); } }\n";
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message checkpoint {\n"
              + "optional group txn { optional binary appId (STRING); required int64 version;"
              + " optional int64 lastUpdated; }\n"
              + "optional group add { optional binary path (STRING);\n"
              + "optional group partitionValues"
              + MAP
              + "required int64 size; required int64 modificationTime;"
              + " required boolean dataChange; optional binary stats (STRING);\n"
              + "optional group tags"
              + MAP
              + "}\n"
              + "optional group remove { optional binary path (STRING);"
              + " optional int64 deletionTimestamp; required boolean dataChange;"
              + " optional boolean extendedFileMetadata; optional int64 size;\n"
              + "optional group partitionValues"
              + MAP
              + "optional group tags"
              + MAP
              + "}\n"
              + "optional group metaData { optional binary id (STRING);"
              + " optional binary name (STRING); optional binary description (STRING);\n"
              + "optional group format { optional binary provider (STRING);\n"
              + "optional group options"
              + MAP
              + "}\n"
              + "optional binary schemaString (STRING);\n"
              + "optional group partitionColumns"
              + LIST
              + "optional group configuration"
              + MAP
              + "optional int64 createdTime; }\n"
              + "optional group protocol { required int32 minReaderVersion;"
              + " required int32 minWriterVersion;\n"
              + "optional group readerFeatures"
              + LIST
              + "optional group writerFeatures"
              + LIST
              + "}\n}");

  private CheckpointWriter() {}

  /**
   * Writes all actions; returns how many there were.
   *
   * @throws IOException if it cannot be written: then there is no file
   */
  static long write(OutputFile file, Iterator<JsonNode> actions) throws IOException {
    WholeFile whole = new WholeFile(file);
    try {
      long rows = 0;
      try (ParquetWriter<JsonNode> writer = new Rows(whole).build()) {
        while (actions.hasNext()) {
          writer.write(actions.next());
          rows++;
        }
      }
      whole.finish();
      return rows;
    } catch (IOException | RuntimeException e) {
      whole.abandon();
      throw e;
    }
  }

  private static final class Rows extends ParquetWriter.Builder<JsonNode, Rows> {
    Rows(OutputFile file) {
      super(file);
      withCompressionCodec(CompressionCodecName.SNAPPY);
    }

    @Override
    protected Rows self() {
      return this;
    }

    @Override
    protected WriteSupport<JsonNode> getWriteSupport(Configuration configuration) {
      return new JsonSupport();
    }
  }

  private static final class JsonSupport extends WriteSupport<JsonNode> {
    private RecordConsumer out;

    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(SCHEMA, new HashMap<>());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(JsonNode action) {
      out.startMessage();
      fields(SCHEMA, action);
      out.endMessage();
    }

    private void fields(GroupType type, JsonNode struct) {
      for (int i = 0; i < type.getFieldCount(); i++) {
        Type field = type.getType(i);
        if (struct.hasNonNull(field.getName())) {
          out.startField(field.getName(), i);
          value(field, struct.get(field.getName()));
          out.endField(field.getName(), i);
        } else if (field.isRepetition(Type.Repetition.REQUIRED)) {
          throw new IllegalArgumentException("an action without " + field.getName());
        }
      }
    }

    private void value(Type type, JsonNode value) {
      if (type.isPrimitive()) {
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
          case BOOLEAN -> out.addBoolean(value.asBoolean());
          case INT32 -> out.addInteger(value.asInt());
          case INT64 -> out.addLong(value.asLong());
          default -> out.addBinary(Binary.fromString(value.asText()));
        }
        return;
      }
      GroupType group = type.asGroupType();
      out.startGroup();
      LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
      if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
        map(group, value);
      } else if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
        list(group, value);
      } else {
        fields(group, value);
      }
      out.endGroup();
    }

    private void map(GroupType type, JsonNode map) {
      if (map.isEmpty()) {
        return;
      }
      out.startField(type.getFieldName(0), 0);
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        out.startGroup();
        out.startField("key", 0);
        out.addBinary(Binary.fromString(entry.getKey()));
        out.endField("key", 0);
        if (!entry.getValue().isNull()) {
          out.startField("value", 1);
          out.addBinary(Binary.fromString(entry.getValue().asText()));
          out.endField("value", 1);
        }
        out.endGroup();
      }
      out.endField(type.getFieldName(0), 0);
    }

    private void list(GroupType type, JsonNode list) {
      if (list.isEmpty()) {
        return;
      }
      out.startField(type.getFieldName(0), 0);
      for (JsonNode element : list) {
        out.startGroup();
        out.startField("element", 0);
        out.addBinary(Binary.fromString(element.asText()));
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField(type.getFieldName(0), 0);
    }
  }
}
