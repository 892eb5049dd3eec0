package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the recurring shapes of the format. A missing node has no elements. */
final class Cells {

  private Cells() {}

  /** Rows as texts by column; an empty cell and JSON's null are absent values. */
  static List<Map<String, String>> rows(JsonNode rows) {
    List<Map<String, String>> texts = new ArrayList<>();
    for (JsonNode row : rows) {
      Map<String, String> cells = new LinkedHashMap<>();
      row.fields().forEachRemaining(cell -> cells.put(cell.getKey(), text(cell.getValue())));
      texts.add(cells);
    }
    return texts;
  }

  private static String text(JsonNode cell) {
    return cell.isNull() || cell.asText().isEmpty() ? null : cell.asText();
  }

  /** A text, or several: the format writes one name without a list. */
  static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    if (node.isTextual()) {
      names.add(node.asText());
    } else {
      node.forEach(name -> names.add(name.asText()));
    }
    return names;
  }

  /** The members of an object in their order. */
  static Map<String, JsonNode> members(JsonNode node) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    node.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  /**
   * The member of an object that has one.
   *
   * @throws CaseException if it has none, or several
   */
  static Map.Entry<String, JsonNode> only(JsonNode node) {
    Map<String, JsonNode> members = members(node);
    if (members.size() != 1) {
      throw new CaseException("expected an object with one member, found " + node);
    }
    return members.entrySet().iterator().next();
  }
}
