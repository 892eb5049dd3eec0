package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metadata of a model: a structure and the staged columns that feed it.
 *
 * @param node the format's object
 */
record Model(String name, String structure, JsonNode node) {

  static Model of(String name, JsonNode node) {
    return new Model(name, node.path("structure").asText(""), node);
  }

  /** The names in an entry: one text, a list, or none. */
  List<String> names(String entry) {
    return Cells.names(node.path(entry));
  }

  /**
   * The one name in an entry.
   *
   * @throws CaseException if the entry has none, or several
   */
  String name(String entry) {
    List<String> names = names(entry);
    if (names.size() != 1) {
      throw new CaseException(name + ": " + entry + " names " + names + ", not one column");
    }
    return names.get(0);
  }

  /** The members of an entry that is an object. */
  Map<String, JsonNode> members(String entry) {
    return Cells.members(node.path(entry));
  }

  /** Staged tables or models that feed this one. */
  List<String> sources() {
    return names("source_model");
  }

  /**
   * The columns of an entry whose elements may be given another name in the target ({@code
   * {source_column, alias}}): staged columns by the target's names.
   */
  Map<String, String> aliased(String entry) {
    Map<String, String> columns = new LinkedHashMap<>();
    JsonNode value = node.path(entry);
    if (value.isObject()) {
      String source = value.path("source_column").asText();
      columns.put(value.path("alias").asText(source), source);
    } else {
      for (JsonNode element : value.isArray() ? value : List.of(value)) {
        if (element.isObject()) {
          String source = element.path("source_column").asText();
          columns.put(element.path("alias").asText(source), source);
        } else if (element.isTextual()) {
          columns.put(element.asText(), element.asText());
        }
      }
    }
    return columns;
  }
}
