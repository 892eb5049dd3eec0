package dev.larder.io.kafka.debezium;

import java.io.Serializable;
import java.util.Objects;

/**
 * Ties the names in an event to a source of the model.
 *
 * @param name the model's name of the source
 * @param server the connector's {@code topic.prefix}, which an event calls {@code source.name}
 * @param database the database, which an event calls {@code source.db}
 */
public record LogSource(String name, String server, String database) implements Serializable {

  public LogSource {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(database, "database");
  }
}
