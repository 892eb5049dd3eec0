package dev.larder.io.kafka;

import java.time.Duration;
import java.util.Objects;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaRecordCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads exactly the records of given offset ranges: what KafkaIO cannot do bounded (it has no end
 * offsets) and the Spark runner cannot do unbounded without loss.
 *
 * <p>Records and coders are KafkaIO's, so that what follows works behind {@code KafkaIO.read()}
 * too.
 */
public final class KafkaRanges {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private KafkaRanges() {}

  /** Keys and values as bytes; either may be null. */
  public static Coder<KafkaRecord<byte[], byte[]>> recordCoder() {
    return KafkaRecordCoder.of(
        NullableCoder.of(ByteArrayCoder.of()), NullableCoder.of(ByteArrayCoder.of()));
  }

  /** Reads ranges; {@link Read#from} must say where. */
  public static Read read() {
    return new Read(null, PATIENCE);
  }

  /**
   * Reads ranges.
   *
   * <p><b>Input</b>: disjoint {@link OffsetRange}s, bounded. <b>Output</b>: each record of
   * committed transactions in them once, without headers; in offset order within a range.
   *
   * <p><b>Guarantees</b>: a range that is read again gives the same records. No offset is committed
   * anywhere and no consumer group is used.
   *
   * <p><b>Cost</b>: one shuffle of the ranges; a range is read by one worker, and the Spark runner
   * may hold its records in memory at once. Consumers are kept and used again within a JVM.
   *
   * <p><b>Errors</b>: records that are gone, or brokers that do not answer for long, fail the
   * pipeline with a {@link dev.larder.io.changes.SourceException} that names the range.
   */
  public static final class Read
      extends PTransform<PCollection<OffsetRange>, PCollection<KafkaRecord<byte[], byte[]>>> {
    private static final long serialVersionUID = 1L;

    private final KafkaConnection connection;

    private final Duration patience;

    private Read(KafkaConnection connection, Duration patience) {
      this.connection = connection;
      this.patience = patience;
    }

    public Read from(KafkaConnection kafka) {
      return new Read(Objects.requireNonNull(kafka, "kafka"), patience);
    }

    /** How long brokers may send nothing before reading fails; a minute if not said. */
    public Read withPatience(Duration wait) {
      return new Read(connection, Objects.requireNonNull(wait, "wait"));
    }

    @Override
    public PCollection<KafkaRecord<byte[], byte[]>> expand(PCollection<OffsetRange> ranges) {
      Objects.requireNonNull(connection, "KafkaRanges.read() needs from(...)");
      return ranges
          .apply("Spread ranges", Reshuffle.viaRandomKey())
          .apply("Read ranges", ParDo.of(new ReadRangeFn(connection, patience)))
          .setCoder(recordCoder());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      if (connection != null) {
        builder.add(DisplayData.item("bootstrapServers", connection.bootstrapServers()));
      }
    }
  }
}
