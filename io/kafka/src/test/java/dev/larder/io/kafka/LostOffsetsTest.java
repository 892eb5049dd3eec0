package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.kafka.LostOffsets.Reason;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.Test;

public class LostOffsetsTest {
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 0);

  @Test
  public void whatIsThereIsNotLost() {
    TopicOffsets now = now(10, 20, "id");

    assertThat(now.lost(Map.of(A, 10L), Map.of("a", "id")), is(empty()));
    assertThat(now.lost(Map.of(A, 20L), Map.of("a", "")), is(empty()));
    assertThat(now.lost(Map.of(), Map.of()), is(empty()));
  }

  @Test
  public void saysWhatWasDeleted() {
    List<LostOffsets> lost = now(16, 20, "id").lost(Map.of(A, 5L), Map.of("a", "id"));

    assertThat(lost, contains(new LostOffsets(A, Reason.DELETED, 5, 16, 20)));
    assertThat(lost.get(0).count(), is(11L));
    assertThat(
        lost.get(0).toString(),
        is("a/0: offsets 5 to 15 (11) were deleted; the earliest that is left is 16"));
  }

  @Test
  public void aTopicMadeAnewIsAnotherOneThoughItIsLonger() {
    List<LostOffsets> lost = now(0, 20, "new").lost(Map.of(A, 5L), Map.of("a", "old"));

    assertThat(
        lost.get(0).toString(),
        is(
            "a/0: all behind offset 5 of the old topic; it was deleted and made anew, and holds"
                + " offsets 0 to 19"));
  }

  @Test
  public void whereNobodyKnowsTheTopicItsEndTells() {
    TopicOffsets now = new TopicOffsets(Map.of(A, 0L), Map.of(A, 3L));

    assertThat(now.lost(Map.of(A, 5L), Map.of("a", "old")).get(0).reason(), is(Reason.SHORTER));
  }

  @Test
  public void allPartitionsAreNamedInTheirOrder() {
    List<LostOffsets> lost = now(6, 20, "id").lost(Map.of(B, 7L, A, 5L), Map.of());

    assertThat(lost.stream().map(LostOffsets::partition).toList(), contains(A, B));
    assertThat(lost.get(1).toString(), is("b/0: all behind offset 7; the topic is not there"));
  }

  @Test
  public void ofAPlanThatIsRunAgainOnlyWhatIsThereIsLeft() {
    BatchPlan plan =
        new BatchPlan(
            3,
            List.of(
                new OffsetRange("a", 0, 5, 10),
                new OffsetRange("a", 0, 10, 20),
                new OffsetRange("b", 0, 1, 2)),
            Map.of("x", "y"));

    assertThat(plan.without(List.of()), is(plan));
    assertThat(
        plan.without(List.of(new LostOffsets(A, Reason.DELETED, 5, 12, 20))),
        is(
            new BatchPlan(
                3,
                List.of(new OffsetRange("a", 0, 12, 20), new OffsetRange("b", 0, 1, 2)),
                Map.of("x", "y"))));
    assertThat(
        plan.without(List.of(new LostOffsets(B, Reason.RECREATED, 1, 0, 2))).ends(),
        is(Map.of(A, 20L)));
  }

  private static TopicOffsets now(long earliest, long end, String id) {
    return new TopicOffsets(Map.of(A, earliest), Map.of(A, end), Map.of("a", id));
  }
}
