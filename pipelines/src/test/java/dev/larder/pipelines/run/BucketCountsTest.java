package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.Test;

public class BucketCountsTest {

  @Test
  public void aBucketIsMadeForEveryMillionRows() {
    assertThat(BucketCounts.buckets(0), is(1));
    assertThat(BucketCounts.buckets(1_000_000), is(1));
    assertThat(BucketCounts.buckets(1_000_001), is(2));
    assertThat(BucketCounts.buckets(10_000_000), is(10));
  }

  @Test
  public void moreThanSixtyFourAreNeverMade() {
    assertThat(BucketCounts.buckets(Long.MAX_VALUE / 2), is(64));
  }
}
