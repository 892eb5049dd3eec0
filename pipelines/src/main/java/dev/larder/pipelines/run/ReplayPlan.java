package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.pipelines.run.MendedRecords.Mended;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a replay takes, as the ledger keeps it: repeated, it does the same.
 *
 * @param letters each with how often it stands in the table of letters: once more behind the
 *     replay, and it was refused again
 * @param mended bytes to take in place of the letters' own
 */
record ReplayPlan(
    Map<Letter, Integer> letters, Map<LogPlace, Mended> mended, SourceCatalog catalogue) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LETTERS = "letters";
  private static final String TIMES = "times";
  private static final String VALUE = "value";
  private static final String KEY = "key";
  private static final String CATALOGUE = "catalogue";

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray(LETTERS);
    letters.forEach(
        (letter, times) -> {
          ObjectNode node = array.addObject();
          node.put("topic", letter.place().topic());
          node.put("partition", letter.place().partition());
          node.put("offset", letter.place().offset());
          node.put("step", letter.step());
          node.put(TIMES, times);
          Mended bytes = mended.get(letter.place());
          if (bytes != null) {
            node.put(VALUE, bytes.value());
            if (bytes.key() != null) {
              node.put(KEY, bytes.key());
            }
          }
        });
    root.put(CATALOGUE, catalogue.toJson());
    return root.toString();
  }

  static ReplayPlan fromJson(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      Map<Letter, Integer> letters = new LinkedHashMap<>();
      Map<LogPlace, Mended> mended = new HashMap<>();
      for (JsonNode node : root.path(LETTERS)) {
        LogPlace place =
            new LogPlace(
                node.path("topic").asText(),
                node.path("partition").asInt(),
                node.path("offset").asLong());
        letters.put(new Letter(place, node.path("step").asText()), node.path(TIMES).asInt());
        if (node.has(VALUE)) {
          byte[] key = node.has(KEY) ? node.path(KEY).binaryValue() : null;
          mended.put(place, new Mended(key, node.path(VALUE).binaryValue()));
        }
      }
      return new ReplayPlan(letters, mended, SourceCatalog.fromJson(root.path(CATALOGUE).asText()));
    } catch (IOException e) {
      throw new IllegalArgumentException("no plan of a replay: " + e.getMessage(), e);
    }
  }
}
