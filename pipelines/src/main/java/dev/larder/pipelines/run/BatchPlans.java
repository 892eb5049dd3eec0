package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.BatchLimits;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.BatchPlanner;
import dev.larder.io.kafka.BatchSizer;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.options.StreamOptions.Trigger;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Plans the next batch: within the limits of the options, as large as the last ones suggest. */
final class BatchPlans {
  /** Ranges of a batch that may be in memory side by side, and some more. */
  private static final long RANGES = 8;

  private static final double WITHOUT_LIMIT = 1e9;

  private final BatchLimits limits;
  private final long batchBytes;
  private final double batchSeconds;
  private BatchSizer sizer;

  private BatchPlans(BatchLimits limits, long batchBytes, double batchSeconds, BatchSizer sizer) {
    this.limits = limits;
    this.batchBytes = batchBytes;
    this.batchSeconds = batchSeconds;
    this.sizer = sizer;
  }

  static BatchPlans of(StreamOptions options) {
    requirePositive("maxOffsetsPerBatch", options.getMaxOffsetsPerBatch());
    requirePositive("minPartitions", options.getMinPartitions());
    Duration time = Durations.parse("batchTime", options.getBatchTime());
    boolean isTimed = !time.isZero() && options.getTrigger() != Trigger.ONCE;
    double seconds = isTimed ? time.toMillis() / 1000.0 : WITHOUT_LIMIT;
    long most = options.getMaxOffsetsPerBatch();
    if (options.getMaxRecordsPerSecond() > 0) {
      most = Math.min(most, (long) Math.max(1, options.getMaxRecordsPerSecond() * seconds));
    }
    long perPartition = options.getMaxOffsetsPerPartition();
    BatchLimits limits =
        BatchLimits.none()
            .withMaxOffsets(most)
            .withMaxOffsetsPerPartition(perPartition > 0 ? perPartition : Long.MAX_VALUE)
            .withMinRanges(options.getMinPartitions());
    BatchSizer first = BatchSizer.first();
    BatchSizer sizer =
        isTimed ? first : new BatchSizer(Long.MAX_VALUE / 4, first.cost(), first.bytesPerRecord());
    return new BatchPlans(
        limits, Sizes.bytes("maxBytesPerBatch", options.getMaxBytesPerBatch()), seconds, sizer);
  }

  private static void requirePositive(String option, long value) {
    if (value < 1) {
      throw new UserException("--" + option + "=" + value + ": give at least 1.");
    }
  }

  /** The next batch; empty if there is nothing between the positions and the ends. */
  BatchPlan next(long number, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    BatchLimits now = sizer.narrow(limits, batchBytes, batchBytes / RANGES);
    return BatchPlanner.plan(number, from, to, now, Map.of());
  }

  /** Takes what a batch came to. */
  void learn(BatchOutcome outcome) {
    sizer = sizer.after(outcome.records(), outcome.bytes(), outcome.seconds(), batchSeconds);
  }
}
