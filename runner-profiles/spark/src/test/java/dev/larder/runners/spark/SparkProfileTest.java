package dev.larder.runners.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.junit.Test;

public class SparkProfileTest {

  @Test
  public void oneMachineHasEightPartitionsForEachThread() {
    String all = Integer.toString(8 * Runtime.getRuntime().availableProcessors());

    assertThat(SparkProfile.partitions("local[2]"), is(Optional.of("16")));
    assertThat(SparkProfile.partitions("local[16,3]"), is(Optional.of("128")));
    assertThat(SparkProfile.partitions("local[*]"), is(Optional.of(all)));
  }

  @Test
  public void aClusterKeepsItsOwnDefault() {
    assertThat(SparkProfile.partitions("spark://master:7077"), is(Optional.empty()));
    assertThat(SparkProfile.partitions("yarn"), is(Optional.empty()));
  }
}
