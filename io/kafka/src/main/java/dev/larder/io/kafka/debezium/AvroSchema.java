package dev.larder.io.kafka.debezium;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema of a registry: Avro's own, and the Connect schema that was turned into it. Confluent's
 * converter, and Apicurio's after it, keep Connect's names and parameters in the properties {@code
 * connect.name}, {@code connect.type} and {@code connect.parameters}.
 *
 * @param row the columns of an envelope's rows; null for what is no envelope
 */
record AvroSchema(Schema avro, ConnectSchema row) {
  private static final String CONNECT_NAME = "connect.name";
  private static final String CONNECT_TYPE = "connect.type";
  private static final String CONNECT_PARAMETERS = "connect.parameters";

  /**
   * @param texts schemas in JSON, each behind those that it refers to
   */
  static AvroSchema parse(List<String> texts) throws Refused {
    Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    Schema schema = null;
    try {
      for (String text : texts) {
        schema = parser.parse(text);
      }
    } catch (AvroRuntimeException e) {
      throw new Refused(DecodeErrors.unreadableSchema("the registry's is no Avro schema"));
    }
    return new AvroSchema(schema, row(schema));
  }

  /** The names of a record's fields; none for what is no record. */
  List<String> names() {
    return avro.getType() == Schema.Type.RECORD
        ? avro.getFields().stream().map(Schema.Field::name).toList()
        : List.of();
  }

  private static ConnectSchema row(Schema envelope) {
    if (envelope.getType() != Schema.Type.RECORD) {
      return null;
    }
    for (String image : List.of("after", "before")) {
      Schema.Field field = envelope.getField(image);
      Schema row = field == null ? null : present(field.schema());
      if (row != null && row.getType() == Schema.Type.RECORD) {
        List<ConnectField> fields = new ArrayList<>();
        row.getFields().forEach(column -> fields.add(field(column)));
        return new ConnectSchema(fields);
      }
    }
    return null;
  }

  private static ConnectField field(Schema.Field field) {
    Schema type = present(field.schema());
    Map<String, String> parameters = new HashMap<>();
    if (type.getObjectProp(CONNECT_PARAMETERS) instanceof Map<?, ?> given) {
      given.forEach((name, value) -> parameters.put(name.toString(), String.valueOf(value)));
    }
    String logical = type.getProp(CONNECT_NAME);
    if (logical == null) {
      logical = type.getType() == Schema.Type.RECORD ? type.getFullName() : "";
    }
    return new ConnectField(
        field.name(),
        connectType(type),
        logical,
        field.schema().getType() == Schema.Type.UNION,
        parameters);
  }

  /** What a value has if it is not null. */
  private static Schema present(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(kind -> kind.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(schema);
  }

  private static String connectType(Schema type) {
    String said = type.getProp(CONNECT_TYPE);
    if (said != null) {
      return said;
    }
    return switch (type.getType()) {
      case INT -> "int32";
      case LONG -> "int64";
      case FLOAT -> "float";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case BYTES, FIXED -> "bytes";
      case STRING, ENUM -> "string";
      default -> "struct";
    };
  }
}
