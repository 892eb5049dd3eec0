package dev.larder.io.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads one range: seeks its start and polls until the consumer's position has reached its end. The
 * position, not the last record, tells the end: aborted records, transaction markers and compacted
 * offsets move it too, without a record to show.
 */
final class RangeReader {
  private static final Counter RECORDS =
      Metrics.counter(KafkaRanges.class, MetricNames.RECORDS_READ);
  private static final Counter BYTES = Metrics.counter(KafkaRanges.class, MetricNames.BYTES_READ);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConnection connection;
  private final Duration patience;

  /**
   * @param patience how long brokers may send nothing
   */
  RangeReader(KafkaConnection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** Hands over each record of a range, in the order of offsets. */
  void read(OffsetRange range, Consumer<ConsumerRecord<byte[], byte[]>> output) {
    if (range.size() == 0) {
      return;
    }
    org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer =
        ConsumerPool.borrow(connection);
    boolean healthy = false;
    try {
      read(consumer, range, output);
      healthy = true;
    } finally {
      if (healthy) {
        ConsumerPool.giveBack(connection, consumer);
      } else {
        consumer.close(Duration.ZERO);
      }
    }
  }

  private void read(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      OffsetRange range,
      Consumer<ConsumerRecord<byte[], byte[]>> output) {
    TopicPartition partition = range.topicPartition();
    long position = range.from();
    try {
      consumer.assign(List.of(partition));
      consumer.seek(partition, position);
      long lastProgress = System.nanoTime();
      while (position < range.to()) {
        emit(consumer.poll(POLL).records(partition), range, output);
        long now = consumer.position(partition, patience);
        if (now > position) {
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > patience.toNanos()) {
          throw KafkaErrors.rangeStuck(
              connection.bootstrapServers(), range, position, patience, null);
        }
        position = now;
      }
    } catch (InvalidOffsetException e) {
      throw KafkaErrors.rangeGone(range, position, e);
    } catch (TimeoutException e) {
      throw KafkaErrors.rangeStuck(connection.bootstrapServers(), range, position, patience, e);
    } catch (KafkaException e) {
      throw KafkaErrors.refused(connection.bootstrapServers(), "reading " + range, e);
    }
  }

  private void emit(
      List<ConsumerRecord<byte[], byte[]>> records,
      OffsetRange range,
      Consumer<ConsumerRecord<byte[], byte[]>> output) {
    long count = 0;
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() >= range.to()) {
        break;
      }
      count++;
      bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      output.accept(record);
    }
    RECORDS.inc(count);
    BYTES.inc(bytes);
  }
}
