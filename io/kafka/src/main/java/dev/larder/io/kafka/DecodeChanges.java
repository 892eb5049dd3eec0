package dev.larder.io.kafka;

import dev.larder.io.changes.Arrival;
import dev.larder.io.changes.ArrivalCoder;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.DeadLetterCoder;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowMaker;
import dev.larder.io.kafka.debezium.DebeziumEvents;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.registry.SchemaRegistry;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decodes Debezium's events ({@link DebeziumEvents}).
 *
 * <p><b>Input</b>: records as {@link KafkaRanges} or KafkaIO bring them, bounded or not. <b>Output
 * </b>: {@link #CHANGES} and {@link #DEAD_LETTERS}; windowing is kept. Tombstones, heartbeats,
 * transaction and schema messages are skipped and counted.
 *
 * <p><b>Errors</b>: a record that cannot be decoded becomes a dead letter of step {@value #STEP}
 * with its bytes and place. An event that needs a newer catalogue does so too, or fails the
 * pipeline with {@link CatalogOutdatedException}, as chosen.
 */
public final class DecodeChanges
    extends PTransform<PCollection<KafkaRecord<byte[], byte[]>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The step that dead letters of this transform name. */
  public static final String STEP = "decode";

  /** Changes, in no particular order. */
  public static final TupleTag<ChangeRecord> CHANGES =
      new TupleTag<ChangeRecord>("changes") {
        private static final long serialVersionUID = 1L;
      };

  /** Records that could not be decoded. */
  public static final TupleTag<DeadLetter> DEAD_LETTERS =
      new TupleTag<DeadLetter>("dead_letters") {
        private static final long serialVersionUID = 1L;
      };

  /** What to do with an event whose table or column the catalogue does not have. */
  public enum OnOutdatedCatalog {
    /** Fail with {@link CatalogOutdatedException}, so that the batch can run with a newer one. */
    FAIL,
    DEAD_LETTER
  }

  private final DebeziumFormat format;
  private final OnOutdatedCatalog onOutdatedCatalog;

  private final SchemaRegistry registry;

  private DecodeChanges(
      DebeziumFormat format, OnOutdatedCatalog onOutdatedCatalog, SchemaRegistry registry) {
    this.format = Objects.requireNonNull(format, "format");
    this.onOutdatedCatalog = Objects.requireNonNull(onOutdatedCatalog, "onOutdatedCatalog");
    this.registry = registry;
  }

  /** Decodes events of this format; an outdated catalogue fails the pipeline. */
  public static DecodeChanges of(DebeziumFormat format) {
    return new DecodeChanges(format, OnOutdatedCatalog.FAIL, null);
  }

  public DecodeChanges withOnOutdatedCatalog(OnOutdatedCatalog choice) {
    return new DecodeChanges(format, choice, registry);
  }

  /**
   * Where the schemas of records in Avro are.
   *
   * @param place null for none: records in Avro are dead letters then
   */
  public DecodeChanges withRegistry(SchemaRegistry place) {
    return new DecodeChanges(format, onOutdatedCatalog, place);
  }

  /** The same with changes and dead letters in one collection. */
  public PTransform<PCollection<KafkaRecord<byte[], byte[]>>, PCollection<Arrival>> together() {
    return new Together(this);
  }

  private static final class Together
      extends PTransform<PCollection<KafkaRecord<byte[], byte[]>>, PCollection<Arrival>> {
    private static final long serialVersionUID = 1L;

    private final DecodeChanges decode;

    Together(DecodeChanges decode) {
      this.decode = decode;
    }

    @Override
    public PCollection<Arrival> expand(PCollection<KafkaRecord<byte[], byte[]>> records) {
      return records
          .apply(
              "Decode events",
              ParDo.of(
                  new DecodeTogetherFn(decode.format, decode.onOutdatedCatalog, decode.registry)))
          .setCoder(ArrivalCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      builder.include("decode", decode);
    }
  }

  /**
   * What reads ranges of offsets and decodes them where the rows of what they hold are made: the
   * changes and letters of a range come in the order of their offsets, and none is an element of
   * the pipeline.
   *
   * @param kafka where the ranges are
   * @param maker makes the rows of what arrives
   */
  public RowMaker<OffsetRange> ofRanges(KafkaConnection kafka, RowMaker<Arrival> maker) {
    return new RangeRows(kafka, format, onOutdatedCatalog, registry, maker);
  }

  @Override
  public PCollectionTuple expand(PCollection<KafkaRecord<byte[], byte[]>> records) {
    PCollectionTuple decoded =
        records.apply(
            "Decode events",
            ParDo.of(new DecodeFn(format, onOutdatedCatalog, registry))
                .withOutputTags(CHANGES, TupleTagList.of(DEAD_LETTERS)));
    decoded.get(CHANGES).setCoder(ChangeRecordCoder.of());
    decoded.get(DEAD_LETTERS).setCoder(DeadLetterCoder.of());
    return decoded;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("sources", format.sources().size()))
        .add(DisplayData.item("tables", format.catalog().tables().size()))
        .add(DisplayData.item("onOutdatedCatalog", onOutdatedCatalog.name()))
        .addIfNotNull(DisplayData.item("registry", registry == null ? null : registry.toString()));
  }

  static final class DecodeFn extends Decoding<ChangeRecord> {
    private static final long serialVersionUID = 1L;

    DecodeFn(DebeziumFormat format, OnOutdatedCatalog onOutdatedCatalog, SchemaRegistry registry) {
      super(format, onOutdatedCatalog, registry);
    }

    @ProcessElement
    public void decode(@Element KafkaRecord<byte[], byte[]> record, MultiOutputReceiver outputs) {
      decode(record, outputs.get(CHANGES)::output, outputs.get(DEAD_LETTERS)::output);
    }
  }

  static final class DecodeTogetherFn extends Decoding<Arrival> {
    private static final long serialVersionUID = 1L;

    DecodeTogetherFn(
        DebeziumFormat format, OnOutdatedCatalog onOutdatedCatalog, SchemaRegistry registry) {
      super(format, onOutdatedCatalog, registry);
    }

    @ProcessElement
    public void decode(
        @Element KafkaRecord<byte[], byte[]> record, OutputReceiver<Arrival> output) {
      decode(
          record,
          change -> output.output(Arrival.of(change)),
          letter -> output.output(Arrival.of(letter)));
    }
  }

  /** What decoding is, whatever it hands on. */
  private abstract static class Decoding<T> extends DoFn<KafkaRecord<byte[], byte[]>, T> {
    private static final long serialVersionUID = 1L;

    private final DebeziumFormat format;
    private final OnOutdatedCatalog onOutdatedCatalog;
    private final SchemaRegistry registry;
    private transient RecordDecoder decoder;

    Decoding(DebeziumFormat format, OnOutdatedCatalog onOutdatedCatalog, SchemaRegistry registry) {
      this.format = format;
      this.onOutdatedCatalog = onOutdatedCatalog;
      this.registry = registry;
    }

    @Setup
    public void setup() {
      decoder = new RecordDecoder(format, onOutdatedCatalog, registry);
    }

    final void decode(
        KafkaRecord<byte[], byte[]> record,
        Consumer<ChangeRecord> changes,
        Consumer<DeadLetter> letters) {
      decoder.decode(
          new LogPlace(record.getTopic(), record.getPartition(), record.getOffset()),
          record.getTimestamp(),
          record.getKV().getKey(),
          record.getKV().getValue(),
          changes,
          letters);
    }

    @FinishBundle
    public void finish() {
      decoder.count();
    }
  }
}
