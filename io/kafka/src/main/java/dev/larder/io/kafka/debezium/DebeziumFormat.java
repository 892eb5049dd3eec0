package dev.larder.io.kafka.debezium;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * All that is needed to read the events of some topics.
 *
 * @param sources whose events the topics hold
 * @param catalog the source tables. Without a schema in the event it decides columns, types and
 *     key, and must know the table; with one, it does so for the tables it knows, and the event's
 *     schema for the others.
 * @param modes how a connector without schemas writes values
 */
public record DebeziumFormat(List<LogSource> sources, SourceCatalog catalog, DebeziumModes modes)
    implements Serializable {

  public DebeziumFormat {
    sources = List.copyOf(sources);
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(modes, "modes");
  }

  /** The same with another catalogue. */
  public DebeziumFormat withCatalog(SourceCatalog other) {
    return new DebeziumFormat(sources, other, modes);
  }
}
