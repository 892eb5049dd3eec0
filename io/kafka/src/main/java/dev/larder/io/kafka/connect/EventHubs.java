package dev.larder.io.kafka.connect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a Debezium connector needs to write to Azure Event Hubs by its Kafka endpoint, and what it
 * must not use there: idempotent producers, transactions, compression, compacted topics.
 *
 * <p><b>Guarantees</b>: without transactions a change may be written twice when a worker dies. The
 * vault holds each once, for its merges go by the place in the binlog; bronze holds what came.
 *
 * <p><b>Not tried</b>: no namespace was at hand; the settings follow the documents of Microsoft and
 * Debezium.
 */
public final class EventHubs {
  /** A message of the standard tier; the header of a batch counts as well. */
  private static final String MAX_REQUEST_BYTES = "1000000";

  /** Event Hubs cuts connections that are idle for four minutes. */
  private static final String IDLE_MS = "180000";

  private static final String METADATA_AGE_MS = "180000";
  private static final String REQUEST_MS = "60000";

  private EventHubs() {}

  /** Settings that replace a connector's own. */
  public static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("exactly.once.support", "requested");
    settings.put("producer.override.enable.idempotence", "false");
    settings.put("producer.override.acks", "all");
    settings.put("producer.override.max.in.flight.requests.per.connection", "1");
    settings.put("producer.override.compression.type", "none");
    settings.put("producer.override.max.request.size", MAX_REQUEST_BYTES);
    settings.put("producer.override.connections.max.idle.ms", IDLE_MS);
    settings.put("producer.override.metadata.max.age.ms", METADATA_AGE_MS);
    settings.put("producer.override.request.timeout.ms", REQUEST_MS);
    return settings;
  }

  /**
   * Puts all tables of a source into one topic, for a namespace of the basic and standard tiers has
   * ten: Debezium's ByLogicalTableRouter, the keys as they are. The events still say their table.
   *
   * @param source what the tables' topics begin with
   * @param topic the one topic
   */
  public static Map<String, String> oneTopic(String source, String topic) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("transforms", "oneTopic");
    settings.put("transforms.oneTopic.type", "io.debezium.transforms.ByLogicalTableRouter");
    settings.put(
        "transforms.oneTopic.topic.regex",
        source.replaceAll("([^A-Za-z0-9_-])", "\\\\$1") + "\\.[^.]+\\.[^.]+");
    settings.put("transforms.oneTopic.topic.replacement", topic.replace("$", "\\$"));
    settings.put("transforms.oneTopic.key.enforce.uniqueness", "false");
    return settings;
  }

  /** Whether a bootstrap address is that of an Event Hubs namespace. */
  public static boolean isAt(String bootstrapServers) {
    return Pattern.compile("\\.servicebus\\.[a-z.]+(:\\d+)?").matcher(bootstrapServers).find();
  }
}
