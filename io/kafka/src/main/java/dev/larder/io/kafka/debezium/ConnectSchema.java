package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Connect schema of an envelope: the fields of its rows.
 *
 * @param fields columns in the table's order; empty for messages without rows
 */
record ConnectSchema(List<ConnectField> fields) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ConnectSchema {
    fields = List.copyOf(fields);
  }

  static ConnectSchema parse(byte[] bytes) throws Refused {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new Refused(DecodeErrors.unreadableSchema("it is not JSON"));
    }
    JsonNode row = null;
    for (JsonNode field : root.path("fields")) {
      String name = field.path("field").asText();
      if (name.equals("after") || row == null && name.equals("before")) {
        row = field;
      }
    }
    List<ConnectField> fields = new ArrayList<>();
    if (row != null) {
      for (JsonNode field : row.path("fields")) {
        fields.add(field(field));
      }
    }
    return new ConnectSchema(fields);
  }

  private static ConnectField field(JsonNode node) throws Refused {
    String name = node.path("field").asText("");
    String type = node.path("type").asText("");
    if (name.isEmpty() || type.isEmpty()) {
      throw new Refused(DecodeErrors.unreadableSchema("a field has no name or no type"));
    }
    Map<String, String> parameters = new HashMap<>();
    node.path("parameters")
        .fields()
        .forEachRemaining(p -> parameters.put(p.getKey(), p.getValue().asText()));
    return new ConnectField(
        name,
        type,
        node.path("name").asText(""),
        node.path("optional").asBoolean(false),
        parameters);
  }
}
