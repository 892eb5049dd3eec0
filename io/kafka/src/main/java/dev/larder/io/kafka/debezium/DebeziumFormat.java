package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.TableId;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All that is needed to read the events of some topics.
 *
 * @param sources whose events the topics hold
 * @param catalog the source tables. Without a schema in the event it decides columns, types and
 *     key, and must know the table; with one, it does so for the tables it knows, and the event's
 *     schema for the others.
 * @param modes how a connector without schemas writes values
 * @param only tables whose events are wanted: those of others are skipped, as a topic of several
 *     tables may hold them; empty for all
 */
public record DebeziumFormat(
    List<LogSource> sources, SourceCatalog catalog, DebeziumModes modes, Set<TableId> only)
    implements Serializable {

  public DebeziumFormat {
    sources = List.copyOf(sources);
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(modes, "modes");
    only = Set.copyOf(only);
  }

  /** For events of all tables. */
  public DebeziumFormat(List<LogSource> sources, SourceCatalog catalog, DebeziumModes modes) {
    this(sources, catalog, modes, Set.of());
  }

  /** The same, for events of some tables. */
  public DebeziumFormat withOnly(Set<TableId> tables) {
    return new DebeziumFormat(sources, catalog, modes, tables);
  }

  /** The same with another catalogue. */
  public DebeziumFormat withCatalog(SourceCatalog other) {
    return new DebeziumFormat(sources, other, modes, only);
  }
}
