package dev.larder.runners.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.Test;

public class SparkProfileTest {
  private static final int MANY = Integer.MAX_VALUE;

  @Test
  public void oneMachineHasEightPartitionsForEachThread() {
    String all = Integer.toString(8 * Runtime.getRuntime().availableProcessors());

    assertThat(SparkProfile.partitions("local[2]", MANY), is(Optional.of("16")));
    assertThat(SparkProfile.partitions("local[16,3]", MANY), is(Optional.of("128")));
    assertThat(SparkProfile.partitions("local[*]", MANY), is(Optional.of(all)));
  }

  @Test
  public void fewGroupsHaveAPartitionEachAndEveryThreadHasOne() {
    assertThat(SparkProfile.partitions("local[2]", 5), is(Optional.of("5")));
    assertThat(SparkProfile.partitions("local[4]", 1), is(Optional.of("4")));
  }

  @Test
  public void workersAreTheExecutorsThatThereMayBe() {
    SparkConf cluster = new SparkConf(false).set("spark.master", "yarn");
    SparkConf fixed = cluster.clone().set("spark.executor.instances", "8");
    SparkConf dynamic =
        cluster
            .clone()
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.maxExecutors", "20");

    assertThat(
        SparkProfile.workers(new SparkConf(false).set("spark.master", "local[4]"), 0), is(1));
    assertThat(SparkProfile.workers(cluster, 3), is(3));
    assertThat(SparkProfile.workers(fixed, 3), is(8));
    assertThat(SparkProfile.workers(dynamic, 3), is(20));
  }

  @Test
  public void aClusterKeepsItsOwnDefault() {
    assertThat(SparkProfile.partitions("spark://master:7077", MANY), is(Optional.empty()));
    assertThat(SparkProfile.partitions("yarn", 5), is(Optional.empty()));
  }

  @Test
  public void blocksAreCompressedForANetworkAlone() {
    String compress = "spark.shuffle.compress";
    SparkConf asked = new SparkConf(false).set(compress, "true");

    assertThat(SparkProfile.withDefaults(conf(), "local[2]").get(compress), is("false"));
    assertThat(SparkProfile.withDefaults(asked, "local[2]").get(compress), is("true"));
    assertThat(SparkProfile.withDefaults(conf(), "yarn").contains(compress), is(false));
  }

  private static SparkConf conf() {
    return new SparkConf(false);
  }
}
