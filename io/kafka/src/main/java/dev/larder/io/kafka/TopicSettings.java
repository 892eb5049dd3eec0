package dev.larder.io.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings of a topic that changes of tables come by, and what of them loses changes. Pure: {@link
 * KafkaOffsets#settings} asks the cluster.
 *
 * @param settings Kafka's names and values
 */
public record TopicSettings(String topic, Map<String, String> settings) {
  private static final Duration SHORT = Duration.ofDays(1);
  private static final long SMALL_MESSAGE = 1_000_000;
  private static final String RETENTION = "retention.ms";

  public TopicSettings {
    settings = Map.copyOf(settings);
  }

  /** What to change, a sentence each; empty if all is well. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    if (settings.getOrDefault("cleanup.policy", "delete").contains("compact")) {
      findings.add(
          "topic "
              + topic
              + " is compacted: of a row that changes twice before it is read only the last change"
              + " is left. Run: "
              + alter("cleanup.policy=delete"));
    }
    long retention = retentionMs();
    if (retention >= 0 && retention < SHORT.toMillis()) {
      findings.add(
          "topic "
              + topic
              + " keeps records for "
              + Duration.ofMillis(retention)
              + " only: so long Larder may stand still at the most. Run: "
              + alter(RETENTION + "=604800000"));
    }
    if (number("retention.bytes") >= 0) {
      findings.add(
          "topic "
              + topic
              + " is cut at "
              + settings.get("retention.bytes")
              + " bytes, read or not. Run: "
              + alter("retention.bytes=-1"));
    }
    long message = number("max.message.bytes");
    if (message >= 0 && message < SMALL_MESSAGE) {
      findings.add(
          "topic "
              + topic
              + " refuses messages above "
              + message
              + " bytes: a larger row stops its connector. Run: "
              + alter("max.message.bytes=10485760"));
    }
    return findings;
  }

  /** For how many milliseconds records are kept; -1 for ever, or if nobody says. */
  public long retentionMs() {
    return number(RETENTION);
  }

  private long number(String name) {
    try {
      return Long.parseLong(settings.getOrDefault(name, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String alter(String setting) {
    return "kafka-configs.sh --alter --entity-type topics --entity-name "
        + topic
        + " --add-config "
        + setting;
  }
}
