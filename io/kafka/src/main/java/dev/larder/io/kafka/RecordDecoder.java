package dev.larder.io.kafka;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.kafka.DecodeChanges.OnOutdatedCatalog;
import dev.larder.io.kafka.debezium.DebeziumEvents;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.Decoded;
import dev.larder.io.kafka.debezium.LogSource;
import dev.larder.io.kafka.registry.RegistryClient;
import dev.larder.io.kafka.registry.SchemaRegistry;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** Makes a change or a letter of each record, and counts what it made. For one thread. */
final class RecordDecoder {
  private static final Counter DECODED =
      Metrics.counter(DecodeChanges.class, MetricNames.CHANGES_DECODED);
  private static final Counter IGNORED =
      Metrics.counter(DecodeChanges.class, MetricNames.RECORDS_IGNORED);
  private static final Counter DEAD_LETTERED =
      Metrics.counter(DecodeChanges.class, MetricNames.RECORDS_DEAD_LETTERED);
  private static final String UNKNOWN_SOURCE = "unknown";
  private static final long MICROS_PER_MILLI = 1_000;

  private final DebeziumFormat format;
  private final OnOutdatedCatalog onOutdatedCatalog;
  private final DebeziumEvents events;
  private long changes;
  private long skipped;
  private long letters;

  /**
   * @param registry null if there is none
   */
  RecordDecoder(
      DebeziumFormat format, OnOutdatedCatalog onOutdatedCatalog, SchemaRegistry registry) {
    this.format = format;
    this.onOutdatedCatalog = onOutdatedCatalog;
    this.events =
        registry == null
            ? DebeziumEvents.of(format)
            : DebeziumEvents.of(format, RegistryClient.of(registry));
  }

  /**
   * @param timestamp of the record, milliseconds since the epoch
   */
  void decode(
      LogPlace place,
      long timestamp,
      byte[] key,
      byte[] value,
      Consumer<ChangeRecord> decoded,
      Consumer<DeadLetter> dead) {
    Decoded result = events.decode(place, key, value);
    if (result instanceof Decoded.Change change) {
      changes++;
      decoded.accept(change.record());
    } else if (result instanceof Decoded.Failure failure) {
      failIfOutdated(failure, place);
      letters++;
      dead.accept(
          new DeadLetter(
              source(place.topic()),
              failure.table(),
              place,
              DecodeChanges.STEP,
              failure.reason(),
              key,
              value,
              timestamp * MICROS_PER_MILLI));
    } else {
      skipped++;
    }
  }

  /** Tells the step's counters what was made since they were told last. */
  void count() {
    DECODED.inc(changes);
    IGNORED.inc(skipped);
    if (letters > 0) {
      DEAD_LETTERED.inc(letters);
    }
    changes = 0;
    skipped = 0;
    letters = 0;
  }

  private void failIfOutdated(Decoded.Failure failure, LogPlace place) {
    boolean outdated =
        failure instanceof Decoded.UnknownColumn || failure instanceof Decoded.UnknownTable;
    if (outdated && onOutdatedCatalog == OnOutdatedCatalog.FAIL) {
      throw new CatalogOutdatedException(place + ": " + failure.reason());
    }
  }

  /** The source by the topic's prefix: all that is known of a record that is no event. */
  private String source(String topic) {
    for (LogSource source : format.sources()) {
      if (topic.equals(source.server()) || topic.startsWith(source.server() + ".")) {
        return source.name();
      }
    }
    return UNKNOWN_SOURCE;
  }
}
