package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.Test;

public class BatchPlannerTest {
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 0);

  @Test
  public void takesNothingWhereNothingIsNew() {
    BatchPlan plan =
        BatchPlanner.plan(3, Map.of(A, 5L), Map.of(A, 5L), BatchLimits.none(), Map.of());

    assertThat(plan.isEmpty(), is(true));
    assertThat(plan.toString(), is("batch 3: 0 ranges, 0 offsets"));
  }

  @Test
  public void aBusyPartitionDoesNotStarveAQuietOne() {
    BatchPlan plan =
        BatchPlanner.plan(
            1,
            Map.of(A, 0L, B, 10L),
            Map.of(A, 1_000_000L, B, 13L),
            BatchLimits.none().withMaxOffsets(100),
            Map.of());

    assertThat(
        plan.ranges(),
        is(List.of(new OffsetRange("a", 0, 0, 97), new OffsetRange("b", 0, 10, 13))));
  }

  @Test
  public void cutsAPartitionFinerThanItIs() {
    BatchPlan plan =
        BatchPlanner.plan(
            1, Map.of(A, 10L), Map.of(A, 20L), BatchLimits.none().withMinRanges(3), Map.of());

    assertThat(
        plan.ranges(),
        is(
            List.of(
                new OffsetRange("a", 0, 10, 13),
                new OffsetRange("a", 0, 13, 16),
                new OffsetRange("a", 0, 16, 18),
                new OffsetRange("a", 0, 18, 20))));
  }

  @Test
  public void cutsRangesThatAWorkerCouldNotHold() {
    BatchPlan plan =
        BatchPlanner.plan(1, Map.of(A, 0L), Map.of(A, 250_000L), BatchLimits.none(), Map.of());

    assertThat(plan.ranges().size(), is(3));
  }

  @Test
  public void refusesAPartitionWithoutPosition() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BatchPlanner.plan(1, Map.of(), Map.of(A, 1L), BatchLimits.none(), Map.of()));
  }

  @Test
  public void aPlanHasOneText() {
    BatchPlan plan =
        new BatchPlan(
            7,
            List.of(new OffsetRange("pos.pos.orders", 1, 5, 9), new OffsetRange("a", 0, 0, 2)),
            Map.of("model", "sha256:1f", "catalog", "{\"tables\":[]}"));

    assertThat(
        plan.toJson(),
        is(
            "{\"version\":1,\"batch\":7,\"ranges\":["
                + "{\"topic\":\"a\",\"partition\":0,\"from\":0,\"to\":2},"
                + "{\"topic\":\"pos.pos.orders\",\"partition\":1,\"from\":5,\"to\":9}],"
                + "\"properties\":{\"catalog\":\"{\\\"tables\\\":[]}\","
                + "\"model\":\"sha256:1f\"}}"));
    assertThat(BatchPlan.fromJson(plan.toJson()), is(plan));
  }

  @Test
  public void refusesATextThatIsNoPlan() {
    assertThrows(IllegalArgumentException.class, () -> BatchPlan.fromJson("{"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> BatchPlan.fromJson("{\"version\":2}"))
            .getMessage(),
        is("no batch plan of version 1, but of 2"));
  }
}
