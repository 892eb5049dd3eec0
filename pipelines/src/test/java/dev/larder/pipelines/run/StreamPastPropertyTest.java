package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.OffsetRange;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.TopicPartition;

/** Wherever a ledger is folded, it says the same. */
class StreamPastPropertyTest {
  private static final List<String> TOPICS = List.of("a", "b", "c");

  @Property
  void foldingChangesNothing(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int batches,
      @ForAll @IntRange(max = 20) int foldedAt) {
    List<LedgerEntry> stream = new ArrayList<>();
    List<LedgerEntry> starts = new ArrayList<>();
    write(new Random(seed), batches, stream, starts);
    StreamPast whole = StreamPast.of(stream, starts, Long.MAX_VALUE);

    long upTo = Math.min(foldedAt, batches);
    List<LedgerEntry> rest = new ArrayList<>();
    rest.add(line(upTo, State.FOLDED, StreamPast.of(stream, starts, upTo).toJson()));
    stream.stream().filter(line -> line.number() > upTo).forEach(rest::add);

    assertThat(StreamPast.of(rest, starts, Long.MAX_VALUE), is(whole));
  }

  /** Batches of one range or two, and now and then topics that begin elsewhere. */
  private static void write(
      Random random, int batches, List<LedgerEntry> stream, List<LedgerEntry> starts) {
    Map<TopicPartition, Long> next = new HashMap<>();
    for (long batch = 1; batch <= batches; batch++) {
      while (random.nextInt(3) == 0) {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        Map<TopicPartition, Long> from =
            Map.of(new TopicPartition(topic, random.nextInt(2)), (long) random.nextInt(100));
        TopicStart start = new TopicStart(batch - 1, Map.of(topic, "id" + batch), from, "");
        starts.add(line(starts.size() + 1, State.DONE, start.toJson()));
        next.keySet().removeIf(partition -> partition.topic().equals(topic));
        next.putAll(from);
      }
      TopicPartition partition =
          new TopicPartition(TOPICS.get(random.nextInt(TOPICS.size())), random.nextInt(2));
      long from = next.getOrDefault(partition, 0L);
      long to = from + 1 + random.nextInt(10);
      next.put(partition, to);
      OffsetRange range = new OffsetRange(partition.topic(), partition.partition(), from, to);
      BatchPlan plan = new BatchPlan(batch, List.of(range), Map.of());
      stream.add(line(batch, State.PLANNED, plan.toJson()));
      if (batch < batches || random.nextBoolean()) {
        BatchOutcome outcome = new BatchOutcome(to - from, 8, 3, 90, random.nextInt(2), 0.25, 0.5);
        stream.add(line(batch, State.DONE, outcome.toJson()));
      }
    }
  }

  private static LedgerEntry line(long number, State state, String body) {
    return new LedgerEntry(Ledger.STREAM, number, state, body, 0);
  }
}
