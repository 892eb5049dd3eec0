package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.LogPlace;

/**
 * Decodes Debezium's events for MySQL and MariaDB in whatever form a converter of Kafka Connect
 * wrote them: JSON with or without schemas, or Avro with a schema registry. Each record tells its
 * form by its first byte, so a topic may hold several: a converter may be changed at any time.
 *
 * <p>What comes out is described at {@link DebeziumJson}. An instance is for one thread.
 *
 * <p><b>Errors</b>: every input gives a {@link Decoded}. The one exception is a registry that gives
 * no answer ({@link dev.larder.io.changes.SourceException}): that is no fault of the record.
 */
public final class DebeziumEvents {
  private final DebeziumJson json;
  private final DebeziumAvro avro;

  private DebeziumEvents(DebeziumFormat format, WriterSchemas registry) {
    this.json = new DebeziumJson(format);
    this.avro = new DebeziumAvro(registry, json.layouts());
  }

  /** Decodes events of this format; of Avro it is said that a registry is needed. */
  public static DebeziumEvents of(DebeziumFormat format) {
    return new DebeziumEvents(format, null);
  }

  /** Decodes events of this format, Avro with the schemas of a registry. */
  public static DebeziumEvents of(DebeziumFormat format, WriterSchemas registry) {
    return new DebeziumEvents(format, registry);
  }

  /**
   * Decodes one record.
   *
   * @param key as it came, or null
   * @param value as it came; null and empty are tombstones
   */
  public Decoded decode(LogPlace place, byte[] key, byte[] value) {
    return DebeziumAvro.isAvro(value)
        ? avro.decode(place, key, value)
        : json.decode(place, key, value);
  }
}
