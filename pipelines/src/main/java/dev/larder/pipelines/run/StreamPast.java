package dev.larder.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What all batches of a stream came to: sums, and where each partition stands. A value: batches are
 * added in their order, and where they were folded makes no difference.
 *
 * @param batches that are done
 * @param total of their outcomes
 * @param positions the next offset of each partition that is known
 * @param ids what tells the known topics from others of their names; empty texts if nobody knows
 */
record StreamPast(
    long batches,
    BatchOutcome total,
    Map<TopicPartition, Long> positions,
    Map<String, String> ids) {
  static final StreamPast NOTHING = new StreamPast(0, BatchOutcome.NOTHING, Map.of(), Map.of());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BATCHES = "batches";
  private static final String TOTAL = "total";
  private static final String POSITIONS = "positions";
  private static final String TOPICS = "topics";

  StreamPast {
    positions = Map.copyOf(positions);
    ids = Map.copyOf(ids);
  }

  /** What the ledger knows of all batches up to a number, that one included. */
  static StreamPast of(Ledger ledger, long upTo) {
    return of(ledger.entries(Ledger.STREAM), ledger.entries(Ledger.POSITIONS), upTo);
  }

  /**
   * @param batches lines of {@link Ledger#STREAM}, by number
   * @param positions lines of {@link Ledger#POSITIONS}, by number
   */
  static StreamPast of(List<LedgerEntry> batches, List<LedgerEntry> positions, long upTo) {
    StreamPast past = NOTHING;
    long folded = 0;
    Map<Long, BatchPlan> plans = new HashMap<>();
    Deque<TopicStart> starts = new ArrayDeque<>();
    positions.forEach(line -> starts.add(TopicStart.fromJson(line.body())));
    for (LedgerEntry line : batches) {
      if (line.number() > upTo) {
        break;
      }
      switch (line.state()) {
        case FOLDED -> {
          past = fromJson(line.body());
          folded = line.number();
        }
        case PLANNED -> plans.put(line.number(), BatchPlan.fromJson(line.body()));
        case DONE -> {
          past = past.from(starts, folded, line.number());
          past = past.with(plans.get(line.number()), BatchOutcome.fromJson(line.body()));
        }
        case GIVEN_UP -> plans.remove(line.number());
      }
    }
    return past.from(starts, folded, upTo);
  }

  /** Takes the starts before a batch; those that were folded are in this already. */
  private StreamPast from(Deque<TopicStart> starts, long folded, long batch) {
    StreamPast past = this;
    while (!starts.isEmpty() && starts.peek().after() < batch) {
      TopicStart start = starts.poll();
      past = start.after() < folded ? past : past.from(start);
    }
    return past;
  }

  /** With one more batch that is done. */
  StreamPast with(BatchPlan plan, BatchOutcome outcome) {
    return new StreamPast(batches + 1, total.plus(outcome), plan.advance(positions), ids);
  }

  /** With topics that are read from elsewhere from now on. */
  StreamPast from(TopicStart start) {
    Map<TopicPartition, Long> moved = new HashMap<>(positions);
    moved.keySet().removeIf(partition -> start.ids().containsKey(partition.topic()));
    moved.putAll(start.positions());
    Map<String, String> known = new HashMap<>(ids);
    known.putAll(start.ids());
    return new StreamPast(batches, total, moved, known);
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put(BATCHES, batches);
    root.set(TOTAL, total.json());
    root.set(TOPICS, JSON.valueToTree(new TreeMap<>(ids)));
    root.set(POSITIONS, PositionsJson.of(positions));
    return root.toString();
  }

  static StreamPast fromJson(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      Map<String, String> ids = new HashMap<>();
      root.path(TOPICS).properties().forEach(id -> ids.put(id.getKey(), id.getValue().asText()));
      return new StreamPast(
          root.path(BATCHES).asLong(),
          BatchOutcome.of(root.path(TOTAL)),
          PositionsJson.parse(root.path(POSITIONS)),
          ids);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no past of a stream: " + json, e);
    }
  }
}
