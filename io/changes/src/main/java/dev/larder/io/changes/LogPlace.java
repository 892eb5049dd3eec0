package dev.larder.io.changes;

import java.io.Serializable;
import java.util.Objects;

/** Where a Kafka record lies. */
public record LogPlace(String topic, int partition, long offset) implements Serializable {

  public LogPlace {
    Objects.requireNonNull(topic, "topic");
  }

  /** {@code topic/partition@offset}. */
  @Override
  public String toString() {
    return topic + "/" + partition + "@" + offset;
  }
}
