package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Offsets by topic and partition as JSON: {@code {"pos.pos.orders": {"0": 1200}}}. */
final class PositionsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PositionsJson() {}

  static ObjectNode of(Map<TopicPartition, Long> positions) {
    Map<String, Map<Integer, Long>> byTopic = new TreeMap<>();
    positions.forEach(
        (partition, next) ->
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(partition.partition(), next));
    return JSON.valueToTree(byTopic);
  }

  static Map<TopicPartition, Long> parse(JsonNode json) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (Map.Entry<String, JsonNode> topic : json.properties()) {
      for (Map.Entry<String, JsonNode> next : topic.getValue().properties()) {
        positions.put(
            new TopicPartition(topic.getKey(), Integer.parseInt(next.getKey())),
            next.getValue().longValue());
      }
    }
    return positions;
  }
}
