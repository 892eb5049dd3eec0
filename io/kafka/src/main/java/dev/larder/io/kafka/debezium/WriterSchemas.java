package dev.larder.io.kafka.debezium;

import java.util.List;

/** The Avro schemas that records were written with, by the number that stands in each record. */
@FunctionalInterface
public interface WriterSchemas {

  /**
   * A schema.
   *
   * @return schemas in JSON, each behind those that it refers to, the wanted one last; empty if the
   *     number is unknown
   * @throws dev.larder.io.changes.SourceException if it cannot be told now
   */
  List<String> schema(int id);
}
