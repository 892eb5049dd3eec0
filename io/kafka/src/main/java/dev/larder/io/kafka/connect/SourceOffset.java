package dev.larder.io.kafka.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * Where a Debezium MySQL connector stands in the binlog, as Connect keeps it.
 *
 * @param server the connector's {@code topic.prefix}
 * @param file the binlog file: {@code binlog.000003}
 * @param position behind the last event that was read
 * @param gtids the executed GTID set, its white space taken out; null on a server without GTIDs
 */
public record SourceOffset(String server, String file, long position, String gtids) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SourceOffset {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(file, "file");
    gtids = gtids == null || gtids.isBlank() ? null : gtids.replaceAll("\\s", "");
  }

  ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.putObject("partition").put("server", server);
    ObjectNode offset = node.putObject("offset");
    offset.put("file", file);
    offset.put("pos", position);
    if (gtids != null) {
      offset.put("gtids", gtids);
    }
    return node;
  }

  static SourceOffset fromJson(JsonNode node) {
    JsonNode offset = node.path("offset");
    return new SourceOffset(
        node.path("partition").path("server").asText(),
        offset.path("file").asText(),
        offset.path("pos").asLong(),
        offset.path("gtids").asText(null));
  }
}
