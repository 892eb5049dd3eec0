package dev.larder.io.kafka;

import java.time.Duration;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.transforms.DoFn;

/** Puts out the records of each range. */
final class ReadRangeFn extends DoFn<OffsetRange, KafkaRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final KafkaConnection connection;
  private final Duration patience;

  ReadRangeFn(KafkaConnection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  @ProcessElement
  public void read(@Element OffsetRange range, OutputReceiver<KafkaRecord<byte[], byte[]>> output) {
    new RangeReader(connection, patience)
        .read(
            range,
            record ->
                output.output(
                    new KafkaRecord<>(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        KafkaTimestampType.forOrdinal(record.timestampType().ordinal()),
                        null,
                        record.key(),
                        record.value())));
  }
}
