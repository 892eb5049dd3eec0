package dev.larder.testdata.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes messages of Connect's JsonConverter with schemas, which say all that a converter is given,
 * as an AvroConverter would: its mapping of types, names and parameters (Confluent's AvroData,
 * which is Apicurio's too), Avro's own writer, and the wire format. And it is the registry.
 *
 * <p>Confluent's converter is not on Maven Central.
 */
public final class ConnectAvro {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Integer> ids = new LinkedHashMap<>();

  /** The schema of a number, as a list of one; empty if no message has it. */
  public synchronized List<String> schema(int id) {
    return ids.entrySet().stream()
        .filter(known -> known.getValue() == id)
        .map(known -> List.of(known.getKey()))
        .findFirst()
        .orElse(List.of());
  }

  /** The message in the wire format; null stays null. */
  public byte[] message(byte[] jsonWithSchema) throws IOException {
    if (jsonWithSchema == null) {
      return null;
    }
    JsonNode message = JSON.readTree(jsonWithSchema);
    if (message.path("schema").isNull()) {
      return null;
    }
    Schema schema = schema(message.path("schema"), new HashMap<>());
    return message(schema, value(schema, message.path("payload")));
  }

  /** A value in the wire format. */
  public synchronized byte[] message(Schema schema, Object value) throws IOException {
    int id = ids.computeIfAbsent(schema.toString(), any -> 100 + ids.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(0);
    out.writeInt(id);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Schema schema(JsonNode connect, Map<String, Schema> named) {
    Schema base = base(connect, named);
    return connect.path("optional").asBoolean()
        ? Schema.createUnion(Schema.create(Schema.Type.NULL), base)
        : base;
  }

  private static Schema base(JsonNode connect, Map<String, Schema> named) {
    String type = connect.path("type").asText();
    String name = connect.path("name").asText("");
    if (type.equals("struct") && named.containsKey(name)) {
      return named.get(name);
    }
    Schema schema =
        switch (type) {
          case "int8", "int16", "int32" -> Schema.create(Schema.Type.INT);
          case "int64" -> Schema.create(Schema.Type.LONG);
          case "float" -> Schema.create(Schema.Type.FLOAT);
          case "double" -> Schema.create(Schema.Type.DOUBLE);
          case "boolean" -> Schema.create(Schema.Type.BOOLEAN);
          case "string" -> Schema.create(Schema.Type.STRING);
          case "bytes" -> Schema.create(Schema.Type.BYTES);
          case "array" -> Schema.createArray(schema(connect.path("items"), named));
          case "map" -> Schema.createMap(schema(connect.path("values"), named));
          case "struct" -> record(connect, name.isEmpty() ? "ConnectDefault" : name, named);
          default -> throw new IllegalArgumentException(type);
        };
    if (type.equals("int8") || type.equals("int16")) {
      schema.addProp("connect.type", type);
    }
    if (!name.isEmpty()) {
      schema.addProp("connect.name", name);
    }
    if (connect.has("version")) {
      schema.addProp("connect.version", connect.path("version").asInt());
    }
    if (connect.has("parameters")) {
      Map<String, String> parameters = new LinkedHashMap<>();
      connect
          .path("parameters")
          .fields()
          .forEachRemaining(p -> parameters.put(p.getKey(), p.getValue().asText()));
      schema.addProp("connect.parameters", parameters);
    }
    return schema;
  }

  private static Schema record(JsonNode connect, String name, Map<String, Schema> named) {
    Schema record = Schema.createRecord(name, null, null, false);
    named.put(name, record);
    List<Schema.Field> fields = new ArrayList<>();
    for (JsonNode field : connect.path("fields")) {
      fields.add(new Schema.Field(field.path("field").asText(), schema(field, named)));
    }
    record.setFields(fields);
    return record;
  }

  private static Object value(Schema schema, JsonNode json) throws IOException {
    switch (schema.getType()) {
      case UNION:
        return json.isNull() || json.isMissingNode() ? null : value(schema.getTypes().get(1), json);
      case INT:
        return json.intValue();
      case LONG:
        return json.longValue();
      case FLOAT:
        return Float.parseFloat(json.asText());
      case DOUBLE:
        return json.doubleValue();
      case BOOLEAN:
        return json.booleanValue();
      case STRING:
        return json.textValue();
      case BYTES:
        return ByteBuffer.wrap(json.binaryValue());
      case ARRAY:
        List<Object> items = new ArrayList<>();
        for (JsonNode item : json) {
          items.add(value(schema.getElementType(), item));
        }
        return items;
      case MAP:
        Map<String, Object> entries = new LinkedHashMap<>();
        for (var names = json.fieldNames(); names.hasNext(); ) {
          String name = names.next();
          entries.put(name, value(schema.getValueType(), json.get(name)));
        }
        return entries;
      default:
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.name(), value(field.schema(), json.path(field.name())));
        }
        return record;
    }
  }
}
