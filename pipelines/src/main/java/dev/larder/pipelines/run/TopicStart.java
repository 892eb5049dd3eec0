package dev.larder.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A line of {@link dev.larder.pipelines.ledger.Ledger#POSITIONS}: from here on, some topics are
 * read from these offsets, whatever was read of topics of their names before.
 *
 * @param after the last batch before it
 * @param ids the topics, and what tells each from others of its name; empty where Kafka does not
 *     say
 * @param positions the next offset of all partitions of these topics
 * @param reason for people
 */
record TopicStart(
    long after, Map<String, String> ids, Map<TopicPartition, Long> positions, String reason) {
  private static final ObjectMapper JSON = new ObjectMapper();

  TopicStart {
    ids = Map.copyOf(ids);
    positions = Map.copyOf(positions);
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("after", after).put("reason", reason);
    root.set("topics", JSON.valueToTree(new TreeMap<>(ids)));
    root.set("positions", PositionsJson.of(positions));
    return root.toString();
  }

  static TopicStart fromJson(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      Map<String, String> ids = new TreeMap<>();
      root.path("topics").properties().forEach(id -> ids.put(id.getKey(), id.getValue().asText()));
      return new TopicStart(
          root.path("after").asLong(),
          ids,
          PositionsJson.parse(root.path("positions")),
          root.path("reason").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no positions: " + json, e);
    }
  }
}
