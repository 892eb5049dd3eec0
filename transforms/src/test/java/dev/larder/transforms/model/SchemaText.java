package dev.larder.transforms.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Writes the JSON Schema of model files from the {@link Grammar}. */
final class SchemaText {
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private SchemaText() {}

  static String schema() throws JsonProcessingException {
    SchemaText text = new SchemaText();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A vault's model, or a file that it includes");
    schema.putAll(text.shape(Grammar.MODEL));
    schema.remove("required");
    schema.put("$defs", text.definitions);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
  }

  private Map<String, Object> shape(Shape shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Shape.Key key : shape.keys()) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", description(key));
      property.putAll(type(key.type()));
      properties.put(key.name(), property);
    }
    schema.put("properties", properties);
    List<String> required = names(shape, key -> key.isRequired() && key.kinds().isEmpty());
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put(
        "additionalProperties", shape.others() == null ? false : type(shape.others().type()));
    List<Object> kinds = kinds(shape);
    if (!kinds.isEmpty()) {
      schema.put("allOf", kinds);
    }
    return schema;
  }

  private static String description(Shape.Key key) {
    String text = Character.toUpperCase(key.meaning().charAt(0)) + key.meaning().substring(1) + ".";
    return key.isRequired() ? text : text + " Default: " + key.standard() + ".";
  }

  private static List<String> names(Shape shape, Predicate<Shape.Key> condition) {
    return shape.keys().stream().filter(condition).map(Shape.Key::name).toList();
  }

  /** For each kind, which keys it must have and which it must not have. */
  private static List<Object> kinds(Shape shape) {
    List<String> all =
        shape.keys().stream().flatMap(key -> key.kinds().stream()).distinct().toList();
    if (all.isEmpty()) {
      return List.of();
    }
    List<Object> rules = new ArrayList<>();
    for (String kind : Stream.of(Satellite.Kind.values()).map(Satellite.Kind::id).toList()) {
      Map<String, Object> condition = new LinkedHashMap<>();
      condition.put("properties", Map.of("kind", Map.of("const", kind)));
      if (!kind.equals(Satellite.Kind.STANDARD.id())) {
        condition.put("required", List.of("kind"));
      }
      Map<String, Object> then = new LinkedHashMap<>();
      List<String> required =
          names(shape, key -> key.isRequired() && !key.kinds().isEmpty() && key.isOf(kind));
      if (!required.isEmpty()) {
        then.put("required", required);
      }
      Map<String, Object> refused = new LinkedHashMap<>();
      names(shape, key -> !key.isOf(kind)).forEach(name -> refused.put(name, false));
      then.put("properties", refused);
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("if", condition);
      rule.put("then", then);
      rules.add(rule);
    }
    return rules;
  }

  private Map<String, Object> type(ValueType type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type instanceof ValueType.Text text) {
      schema.put("type", "string");
      if (!text.pattern().isEmpty()) {
        schema.put("pattern", "^(" + text.pattern() + ")$");
      }
    } else if (type instanceof ValueType.Words words) {
      schema.put("enum", words.words());
    } else if (type instanceof ValueType.Flag) {
      schema.put("type", "boolean");
    } else if (type instanceof ValueType.Texts) {
      return reference("texts", () -> texts());
    } else if (type instanceof ValueType.Steps) {
      return ordered("type", "array", "items", Map.of("type", "string"), "minItems", 3);
    } else if (type instanceof ValueType.Columns) {
      return reference("columns", () -> columns());
    } else if (type instanceof ValueType.Named named) {
      schema.put("type", "object");
      schema.put("propertyNames", Map.of("pattern", pattern(named.name())));
      schema.put("additionalProperties", type(named.value()));
    } else if (type instanceof ValueType.Structure structure) {
      return reference(structure.shape().id(), () -> shape(structure.shape()));
    } else {
      schema.put("anyOf", ((ValueType.Either) type).types().stream().map(this::type).toList());
    }
    return schema;
  }

  private static String pattern(String name) {
    return "^" + (name.equals("SOURCE.TABLE") ? ValueType.TABLE_NAME : ValueType.NAME) + "$";
  }

  private Map<String, Object> reference(String id, Supplier<Map<String, Object>> definition) {
    if (!definitions.containsKey(id)) {
      definitions.put(id, Map.of());
      definitions.put(id, definition.get());
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$ref", "#/$defs/" + id);
    return schema;
  }

  private static Map<String, Object> texts() {
    return Map.of(
        "anyOf",
        List.of(
            Map.of("type", "string"),
            ordered("type", "array", "items", Map.of("type", "string"), "uniqueItems", true)));
  }

  private static Map<String, Object> columns() {
    Map<String, Object> except =
        ordered(
            "type",
            "object",
            "properties",
            Map.of("except", texts()),
            "required",
            List.of("except"),
            "additionalProperties",
            false);
    Map<String, Object> renamed =
        ordered("type", "object", "additionalProperties", Map.of("type", "string"));
    List<Object> all = new ArrayList<>((List<?>) texts().get("anyOf"));
    all.add(except);
    all.add(renamed);
    return Map.of("anyOf", all);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
