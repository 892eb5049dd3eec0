package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** How batches grow and shrink. */
class BatchSizerPropertyTest {
  private static final double WANTED = 10;
  private static final long BATCH_BYTES = 64 << 20;
  private static final long RANGE_BYTES = 8 << 20;

  /** A stream that is far behind: every batch takes all that it may. */
  @Property(tries = 200)
  void aStreamThatIsBehindComesToBatchesOfTheWantedTime(
      @ForAll @LongRange(min = 500, max = 200_000) long recordsPerSecond,
      @ForAll @DoubleRange(min = 0, max = 2) double fixedSeconds) {
    BatchSizer sizer = BatchSizer.first();
    for (int batch = 0; batch < 40; batch++) {
      long records = sizer.allowed();
      double seconds = fixedSeconds + (double) records / recordsPerSecond;
      sizer = sizer.after(records, records * 200, seconds, WANTED);
    }
    double seconds = fixedSeconds + (double) sizer.allowed() / recordsPerSecond;

    assertThat(seconds, is(both(greaterThanOrEqualTo(8.0)).and(lessThanOrEqualTo(12.0))));
  }

  /** Each batch opens every file of a large table, say: cutting batches small would never end. */
  @Property(tries = 200)
  void aStreamThatIsBehindDoesAFifthOfItsBestWhateverABatchCosts(
      @ForAll @LongRange(min = 500, max = 200_000) long recordsPerSecond,
      @ForAll @DoubleRange(min = 0, max = 60) double fixedSeconds,
      @ForAll Random noise) {
    BatchSizer sizer = BatchSizer.first();
    double records = 0;
    double seconds = 0;
    for (int batch = 0; batch < 60; batch++) {
      long size = sizer.allowed();
      double load = 1 + noise.nextDouble();
      double took = load * (fixedSeconds + (double) size / recordsPerSecond);
      sizer = sizer.after(size, size * 200, took, WANTED);
      if (batch >= 20) {
        records += size;
        seconds += took / load;
      }
    }

    assertThat(records / seconds, is(greaterThanOrEqualTo(0.2 * recordsPerSecond)));
  }

  @Property(tries = 200)
  void noBatchIsMoreThanTwiceTheOneBefore(
      @ForAll @LongRange(min = 1, max = 5_000_000) long records,
      @ForAll @LongRange(max = 5_000_000_000L) long bytes,
      @ForAll @DoubleRange(max = 1_000) double seconds,
      @ForAll @LongRange(min = 1_000, max = 10_000_000) long allowed) {
    BatchSizer before = new BatchSizer(allowed, BatchCost.UNKNOWN.after(1_000, 1), 100);

    BatchSizer after = before.after(records, bytes, seconds, WANTED);

    assertThat(after.allowed(), lessThanOrEqualTo(2 * allowed));
    assertThat(after.allowed(), greaterThanOrEqualTo(BatchSizer.LEAST));
    assertThat(after.bytesPerRecord(), greaterThanOrEqualTo((double) bytes / records));
  }

  @Property(tries = 200)
  void aBatchOfRecordsLikeThoseBeforeKeepsItsBytes(
      @ForAll @IntRange(min = 1, max = 20_000_000) int bytesPerRecord,
      @ForAll @LongRange(min = 1, max = 100_000) long records) {
    BatchSizer sizer = BatchSizer.first().after(records, records * bytesPerRecord, 1, WANTED);

    BatchLimits limits = sizer.narrow(BatchLimits.none(), BATCH_BYTES, RANGE_BYTES);

    assertThat(
        limits.maxOffsets() * bytesPerRecord,
        lessThanOrEqualTo(Math.max(BATCH_BYTES, (long) bytesPerRecord)));
    assertThat(
        limits.maxRange() * bytesPerRecord,
        lessThanOrEqualTo(Math.max(RANGE_BYTES, (long) bytesPerRecord)));
  }

  @Property(tries = 100)
  void givenLimitsHoldAsWell(@ForAll @LongRange(min = 1, max = 1_000_000) long max) {
    BatchLimits limits =
        BatchSizer.first()
            .narrow(
                BatchLimits.none().withMaxOffsets(max).withMaxRange(max), BATCH_BYTES, RANGE_BYTES);

    assertThat(limits.maxOffsets(), lessThanOrEqualTo(max));
    assertThat(limits.maxRange(), lessThanOrEqualTo(max));
  }

  @Example
  void anEmptyBatchTeachesNothing() {
    assertThat(BatchSizer.first().after(0, 0, 3, WANTED), is(BatchSizer.first()));
  }
}
