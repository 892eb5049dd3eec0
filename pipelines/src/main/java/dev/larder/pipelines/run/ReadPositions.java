package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.LostOffsets;
import dev.larder.io.kafka.LostOffsets.Reason;
import dev.larder.io.kafka.StartingPosition;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.transforms.model.VaultModel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Where each partition is read next: at the ledger's position. A topic that the ledger does not
 * know begins as the options say if it is there when the stream starts, and at offset 0 if it
 * appears later; both are noted in the ledger. What was not read and is gone stops the stream, in
 * all topics at once.
 */
final class ReadPositions {
  /** A broker that starts may not know all topics at once. */
  private static final Duration TOPICS_RETURN_WITHIN = Duration.ofSeconds(5);

  private static final long PAUSE_NANOS = 500_000_000L;

  private final StreamLedger ledger;
  private final StreamOptions options;
  private final VaultModel model;
  private final TopicSelection topics;
  private final KafkaOffsets kafka;
  private final Console console;
  private final StartingPosition start;
  private final Set<String> accepted;
  private boolean isFirst = true;

  ReadPositions(
      StreamLedger ledger,
      StreamOptions options,
      VaultModel model,
      KafkaOffsets kafka,
      Console console) {
    this.ledger = ledger;
    this.options = options;
    this.model = model;
    this.topics = LogTopics.all(model);
    this.kafka = kafka;
    this.console = console;
    this.start = StartingPosition.parse(options.getStartingPosition());
    List<String> accept = options.getAcceptLostOffsets();
    this.accepted = accept == null ? Set.of() : Set.copyOf(accept);
  }

  /** Where the topics begin and end now. */
  TopicOffsets look(OrderlyStop stop) {
    TopicOffsets now = kafka.read(topics);
    long deadline = System.nanoTime() + TOPICS_RETURN_WITHIN.toNanos();
    while (hasTopicsGone(now) && System.nanoTime() < deadline && !stop.isAsked()) {
      stop.pause(PAUSE_NANOS);
      now = kafka.read(topics);
    }
    return now;
  }

  private boolean hasTopicsGone(TopicOffsets now) {
    return lost(now, known()).stream().anyMatch(lost -> lost.reason() == Reason.GONE);
  }

  /**
   * What is left of a planned batch: all of it, unless some of its records are gone and that was
   * accepted.
   *
   * @throws dev.larder.io.changes.SourceException if records are gone
   */
  BatchPlan left(BatchPlan planned, TopicOffsets now) {
    Map<TopicPartition, Long> selected = planned.starts();
    selected.keySet().removeIf(partition -> !topics.matches(partition.topic()));
    List<LostOffsets> lost = lost(now, selected);
    requireAccepted(lost);
    return planned.without(lost);
  }

  /**
   * The next offset of every partition that is there.
   *
   * @throws dev.larder.io.changes.SourceException if records are gone
   */
  Map<TopicPartition, Long> next(TopicOffsets now) {
    startNew(now);
    List<LostOffsets> lost = lost(now, known());
    requireAccepted(lost);
    if (!lost.isEmpty()) {
      accept(lost, now);
    }
    isFirst = false;
    Map<TopicPartition, Long> next = new HashMap<>(known());
    next.keySet().retainAll(now.end().keySet());
    now.end().keySet().forEach(partition -> next.putIfAbsent(partition, 0L));
    return next;
  }

  /** The ledger's positions in the topics of the model. */
  private Map<TopicPartition, Long> known() {
    Map<TopicPartition, Long> known = new HashMap<>(ledger.past().positions());
    known.keySet().removeIf(partition -> !topics.matches(partition.topic()));
    return known;
  }

  private List<LostOffsets> lost(TopicOffsets now, Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> all = new HashMap<>(positions);
    for (TopicPartition partition : now.end().keySet()) {
      if (ledger.past().ids().containsKey(partition.topic())) {
        all.putIfAbsent(partition, 0L); // a partition that was added
      }
    }
    return now.lost(all, ledger.past().ids());
  }

  private void requireAccepted(List<LostOffsets> lost) {
    List<LostOffsets> refused =
        lost.stream()
            .filter(each -> !isFirst || !accepted.contains(each.partition().topic()))
            .toList();
    if (!refused.isEmpty()) {
      Set<TableId> tables = new TreeSet<>();
      refused.forEach(each -> tables.addAll(LogTopics.tables(model, each.partition().topic())));
      Set<TopicPartition> partitions =
          refused.stream().map(LostOffsets::partition).collect(Collectors.toSet());
      throw StreamErrors.lost(refused, tables, ledger.lastRead(partitions), options);
    }
  }

  private void accept(List<LostOffsets> lost, TopicOffsets now) {
    Map<String, String> ids = new TreeMap<>();
    Map<TopicPartition, Long> from = new HashMap<>(known());
    for (LostOffsets each : lost) {
      String topic = each.partition().topic();
      ids.put(topic, now.topicIds().getOrDefault(topic, ""));
      console.line("Accepted, and read on behind it: %s", each);
      if (each.reason() == Reason.GONE) {
        from.remove(each.partition());
      } else {
        from.put(each.partition(), each.earliest());
      }
    }
    from.keySet().removeIf(partition -> !ids.containsKey(partition.topic()));
    String reason = lost.stream().map(LostOffsets::toString).collect(Collectors.joining("; "));
    ledger.start(new TopicStart(ledger.nextBatch() - 1, ids, from, "accepted: " + reason));
  }

  /**
   * Notes where topics begin that the ledger does not know, and which topics the known ones are.
   */
  private void startNew(TopicOffsets now) {
    Map<String, String> ids = new TreeMap<>();
    Set<String> unread = new HashSet<>();
    Map<TopicPartition, Long> positions = known();
    now.end().keySet().stream()
        .map(TopicPartition::topic)
        .distinct()
        .filter(topic -> !ledger.past().ids().containsKey(topic))
        .forEach(
            topic -> {
              ids.put(topic, now.topicIds().getOrDefault(topic, ""));
              if (positions.keySet().stream().noneMatch(p -> p.topic().equals(topic))) {
                unread.add(topic);
              }
            });
    if (ids.isEmpty()) {
      return;
    }
    positions.keySet().removeIf(partition -> !ids.containsKey(partition.topic()));
    if (isFirst && !unread.isEmpty()) {
      requireNoSnapshot(unread);
      requireAccepted(
          SnapshotCover.lost(ledger.ledger(), model, kafka, now, unread, Instant.now()));
      positions.putAll(start.of(unread, now, kafka::at));
    } else {
      now.end().keySet().stream()
          .filter(partition -> unread.contains(partition.topic()))
          .forEach(partition -> positions.put(partition, 0L));
    }
    String reason = isFirst ? start.toString() : "appeared";
    ledger.start(new TopicStart(ledger.nextBatch() - 1, ids, positions, reason));
  }

  private void requireNoSnapshot(Set<String> unread) {
    if (start.kind() == StartingPosition.Kind.EARLIEST
        || start.kind() == StartingPosition.Kind.LEDGER) {
      return;
    }
    Set<TableId> waiting = new HashSet<>();
    Ledger all = ledger.ledger();
    HandOver.waiting(all).forEach(n -> waiting.addAll(HandOver.windows(all, n).keySet()));
    Set<String> needed =
        unread.stream()
            .filter(topic -> LogTopics.tables(model, topic).stream().anyMatch(waiting::contains))
            .collect(Collectors.toSet());
    if (!needed.isEmpty()) {
      throw StreamErrors.startsBehindASnapshot(start.toString(), needed);
    }
  }
}
