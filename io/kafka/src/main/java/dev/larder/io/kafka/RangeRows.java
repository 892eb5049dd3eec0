package dev.larder.io.kafka;

import dev.larder.io.changes.Arrival;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import dev.larder.io.kafka.DecodeChanges.OnOutdatedCatalog;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.registry.SchemaRegistry;
import java.util.function.Consumer;

/** {@link DecodeChanges#ofRanges}. */
final class RangeRows implements RowMaker<OffsetRange> {
  private static final long serialVersionUID = 1L;

  private final KafkaConnection kafka;
  private final DebeziumFormat format;
  private final OnOutdatedCatalog onOutdatedCatalog;
  private final SchemaRegistry registry;
  private final RowMaker<Arrival> maker;

  /** What it has learned of the topics is of use to the next range. */
  private transient RecordDecoder decoder;

  RangeRows(
      KafkaConnection kafka,
      DebeziumFormat format,
      OnOutdatedCatalog onOutdatedCatalog,
      SchemaRegistry registry,
      RowMaker<Arrival> maker) {
    this.kafka = kafka;
    this.format = format;
    this.onOutdatedCatalog = onOutdatedCatalog;
    this.registry = registry;
    this.maker = maker;
  }

  @Override
  public void begin() {
    if (decoder == null) {
      decoder = new RecordDecoder(format, onOutdatedCatalog, registry);
    }
    maker.begin();
  }

  @Override
  public void make(OffsetRange range, Consumer<TableRow> out) {
    new RangeReader(kafka, KafkaRanges.PATIENCE)
        .read(
            range,
            record ->
                decoder.decode(
                    new LogPlace(record.topic(), record.partition(), record.offset()),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    change -> maker.make(Arrival.of(change), out),
                    letter -> maker.make(Arrival.of(letter), out)));
  }

  @Override
  public void end() {
    decoder.count();
    maker.end();
  }
}
