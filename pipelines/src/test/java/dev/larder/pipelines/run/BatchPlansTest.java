package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.pipelines.options.StreamOptions;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.common.TopicPartition;
import org.junit.Test;

/** How far the options let a batch go, for a stream that is a million records behind. */
public class BatchPlansTest {
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 0);
  private static final Map<TopicPartition, Long> FROM = Map.of(A, 0L, B, 0L);
  private static final Map<TopicPartition, Long> TO = Map.of(A, 1_000_000L, B, 10L);

  @Test
  public void aBatchHasAsManyRecordsAsIsAllowed() {
    assertThat(size("--maxOffsetsPerBatch=700"), is(700L));
    assertThat(size("--maxOffsetsPerPartition=300"), is(310L));
    assertThat(size("--maxBytesPerBatch=100KiB"), is(100L)); // 1 KiB a record is assumed at first
  }

  @Test
  public void aRateAllowsWhatIsDoneInTheTimeOfABatch() {
    assertThat(size("--maxRecordsPerSecond=50", "--batchTime=PT2S"), is(100L));
  }

  @Test
  public void onceTakesWhatTheLimitsAllowAndNoTime() {
    assertThat(
        size("--trigger=ONCE", "--maxOffsetsPerBatch=900000", "--maxBytesPerBatch=2GiB"),
        is(900_000L));
  }

  @Test
  public void largeRecordsMakeSmallBatchesAndSmallRanges() {
    BatchPlans plans = BatchPlans.of(options("--maxBytesPerBatch=16MiB"));
    plans.learn(new BatchOutcome(10, 10L << 20, 0, 0, 0, 1, 0));

    BatchPlan plan = plans.next(2, FROM, TO);

    assertThat(plan.size(), is(16L));
    plan.ranges().forEach(range -> assertThat(range.size(), is(lessThanOrEqualTo(2L))));
  }

  @Test
  public void aBatchOfNothingIsRefused() {
    UserException error = assertThrows(UserException.class, () -> size("--maxOffsetsPerBatch=0"));

    assertThat(error.getMessage(), is("--maxOffsetsPerBatch=0: give at least 1."));
  }

  private static long size(String... options) {
    return BatchPlans.of(options(options)).next(1, FROM, TO).size();
  }

  private static StreamOptions options(String... options) {
    return PipelineOptionsFactory.fromArgs(options).as(StreamOptions.class);
  }
}
