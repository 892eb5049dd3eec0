package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.oneOf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.TopicPartition;

class BatchPlannerPropertyTest {

  /** A cluster: where each partition begins and how much is written before each plan. */
  record Cluster(Map<TopicPartition, Long> positions, List<Map<TopicPartition, Long>> growth) {}

  @Property(tries = 300)
  void consecutivePlansAreWithoutGapAndOverlap(
      @ForAll("clusters") Cluster cluster, @ForAll("limits") BatchLimits limits) {
    Map<TopicPartition, Long> positions = cluster.positions();
    Map<TopicPartition, Long> ends = new HashMap<>(positions);
    Map<TopicPartition, Long> next = new HashMap<>(positions);
    long batch = 0;
    for (Map<TopicPartition, Long> growth : cluster.growth()) {
      growth.forEach((partition, more) -> ends.merge(partition, more, Long::sum));
      BatchPlan plan = BatchPlanner.plan(batch++, positions, ends, limits, Map.of());
      for (OffsetRange range : plan.ranges()) {
        assertThat(range.from(), is(next.get(range.topicPartition())));
        next.put(range.topicPartition(), range.to());
      }
      positions = plan.advance(positions);
      assertThat(positions, is(next));
    }
  }

  @Property(tries = 300)
  void noLimitIsExceededAndNothingBeyondTheEndIsTaken(
      @ForAll("clusters") Cluster cluster, @ForAll("limits") BatchLimits limits) {
    Map<TopicPartition, Long> ends = ends(cluster);
    BatchPlan plan = BatchPlanner.plan(1, cluster.positions(), ends, limits, Map.of());

    assertThat(plan.size(), lessThanOrEqualTo(limits.maxOffsets()));
    Map<TopicPartition, Long> sizes = new HashMap<>();
    for (OffsetRange range : plan.ranges()) {
      assertThat(range.size(), greaterThanOrEqualTo(1L));
      assertThat(range.size(), lessThanOrEqualTo(limits.maxRange()));
      sizes.merge(range.topicPartition(), range.size(), Long::sum);
      assertThat(range.to(), lessThanOrEqualTo(ends.get(range.topicPartition())));
    }
    sizes.values().forEach(s -> assertThat(s, lessThanOrEqualTo(limits.maxOffsetsPerPartition())));
  }

  @Property(tries = 300)
  void asMuchIsTakenAsTheLimitsAllowInAsManyRangesAsAsked(
      @ForAll("clusters") Cluster cluster, @ForAll("limits") BatchLimits limits) {
    Map<TopicPartition, Long> ends = ends(cluster);
    BatchPlan plan = BatchPlanner.plan(1, cluster.positions(), ends, limits, Map.of());

    long offered = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long size = end.getValue() - cluster.positions().get(end.getKey());
      offered += Math.min(size, limits.maxOffsetsPerPartition());
    }
    assertThat(plan.size(), is(Math.min(offered, limits.maxOffsets())));
    assertThat(plan.isEmpty(), is(offered == 0));
    assertThat(
        (long) plan.ranges().size(),
        greaterThanOrEqualTo(Math.min(limits.minRanges(), plan.size())));
  }

  @Property(tries = 300)
  void noPartitionGetsLessThanAnEqualShareIfItOffersMore(
      @ForAll("clusters") Cluster cluster, @ForAll("limits") BatchLimits limits) {
    Map<TopicPartition, Long> ends = ends(cluster);
    BatchPlan plan = BatchPlanner.plan(1, cluster.positions(), ends, limits, Map.of());
    Map<TopicPartition, Long> taken = new HashMap<>();
    plan.ranges().forEach(r -> taken.merge(r.topicPartition(), r.size(), Long::sum));

    Set<TopicPartition> waiting = new HashSet<>();
    ends.forEach(
        (partition, end) -> {
          if (end > cluster.positions().get(partition)) {
            waiting.add(partition);
          }
        });
    for (TopicPartition partition : waiting) {
      long offered =
          Math.min(
              ends.get(partition) - cluster.positions().get(partition),
              limits.maxOffsetsPerPartition());
      long fair = Math.min(offered, limits.maxOffsets() / waiting.size());
      assertThat(taken.getOrDefault(partition, 0L), greaterThanOrEqualTo(fair));
    }
  }

  @Property(tries = 300)
  void aPlanIsTheSameAgainAndSurvivesItsText(
      @ForAll("clusters") Cluster cluster, @ForAll("limits") BatchLimits limits) {
    Map<TopicPartition, Long> ends = ends(cluster);
    Map<String, String> properties = Map.of("catalog", "{\"tables\":[]}");
    BatchPlan plan = BatchPlanner.plan(9, cluster.positions(), ends, limits, properties);
    BatchPlan again = BatchPlanner.plan(9, cluster.positions(), ends, limits, properties);

    assertThat(again, is(plan));
    assertThat(BatchPlan.fromJson(plan.toJson()), is(plan));
    assertThat(BatchPlan.fromJson(plan.toJson()).toJson(), is(plan.toJson()));
  }

  @Property(tries = 300)
  void partsAreThePlansOffsetsInTheirOrderAndOfEqualSize(
      @ForAll("clusters") Cluster cluster,
      @ForAll("limits") BatchLimits limits,
      @ForAll @IntRange(min = 1, max = 20) int count) {
    BatchPlan plan = BatchPlanner.plan(1, cluster.positions(), ends(cluster), limits, Map.of());

    List<List<OffsetRange>> parts = plan.parts(count);

    assertThat((long) parts.size(), is(Math.min(count, plan.size())));
    Map<TopicPartition, Long> next = plan.starts();
    for (List<OffsetRange> part : parts) {
      long size = part.stream().mapToLong(OffsetRange::size).sum();
      assertThat(size - plan.size() / parts.size(), is(oneOf(0L, 1L)));
      for (OffsetRange range : part) {
        assertThat(range.from(), is(next.put(range.topicPartition(), range.to())));
        assertThat(range.size(), greaterThanOrEqualTo(1L));
      }
    }
    assertThat(next, is(plan.ends()));
  }

  private static Map<TopicPartition, Long> ends(Cluster cluster) {
    Map<TopicPartition, Long> ends = new HashMap<>(cluster.positions());
    cluster.growth().get(0).forEach((p, more) -> ends.merge(p, more, Long::sum));
    return ends;
  }

  @Provide
  Arbitrary<Cluster> clusters() {
    return Arbitraries.integers()
        .between(1, 9)
        .flatMap(
            count -> {
              List<TopicPartition> partitions = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                partitions.add(new TopicPartition("t" + i % 3, i));
              }
              Arbitrary<Map<TopicPartition, Long>> starts = longs(partitions, 1_000_000);
              Arbitrary<Map<TopicPartition, Long>> growth = longs(partitions, 5_000);
              return Combinators.combine(starts, growth.list().ofMinSize(1).ofMaxSize(6))
                  .as(Cluster::new);
            });
  }

  private static Arbitrary<Map<TopicPartition, Long>> longs(
      List<TopicPartition> partitions, long max) {
    return Arbitraries.longs()
        .between(0, max)
        .list()
        .ofSize(partitions.size())
        .map(
            values -> {
              Map<TopicPartition, Long> map = new HashMap<>();
              for (int i = 0; i < partitions.size(); i++) {
                map.put(partitions.get(i), values.get(i));
              }
              return map;
            });
  }

  @Provide
  Arbitrary<BatchLimits> limits() {
    Arbitrary<Long> size =
        Arbitraries.oneOf(Arbitraries.longs().between(1, 10_000), Arbitraries.just(Long.MAX_VALUE));
    Arbitrary<Long> range = Arbitraries.longs().between(50, 100_000);
    return Combinators.combine(size, size, Arbitraries.integers().between(1, 40), range)
        .as(BatchLimits::new);
  }
}
