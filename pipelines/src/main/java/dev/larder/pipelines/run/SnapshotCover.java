package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.LostOffsets;
import dev.larder.io.kafka.LostOffsets.Reason;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.TopicSettings;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.transforms.model.VaultModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the log still reaches back to the snapshots that wait for it. A topic that was never read
 * has no position that could be passed by its retention; but a snapshot that is older than its
 * topic's retention, whose topic begins behind offset 0, may lack changes after P0.
 */
final class SnapshotCover {

  private SnapshotCover() {}

  /**
   * What may be gone of topics that were not read yet; empty if no snapshot needs it.
   *
   * @param unread topics that the ledger does not know
   */
  static List<LostOffsets> lost(
      Ledger ledger,
      VaultModel model,
      KafkaOffsets kafka,
      TopicOffsets now,
      Set<String> unread,
      Instant clock) {
    Map<TableId, Instant> since = new TreeMap<>();
    for (long number : HandOver.waiting(ledger)) {
      HandOver.windows(ledger, number)
          .forEach(
              (table, window) ->
                  since.merge(
                      table,
                      Instant.EPOCH.plus(window.startedAt(), ChronoUnit.MICROS),
                      (one, other) -> one.isBefore(other) ? one : other));
    }
    List<LostOffsets> lost = new ArrayList<>();
    now.earliest()
        .forEach(
            (partition, earliest) -> {
              String topic = partition.topic();
              boolean isOld =
                  earliest > 0
                      && unread.contains(topic)
                      && LogTopics.tables(model, topic).stream()
                          .map(since::get)
                          .anyMatch(start -> start != null && isOlder(kafka, topic, start, clock));
              if (isOld) {
                lost.add(
                    new LostOffsets(
                        partition, Reason.DELETED, 0, earliest, now.end().get(partition)));
              }
            });
    return lost;
  }

  private static boolean isOlder(KafkaOffsets kafka, String topic, Instant start, Instant clock) {
    return kafka.settings(TopicSelection.named(topic)).stream()
        .map(TopicSettings::retentionMs)
        .anyMatch(retention -> retention >= 0 && start.plusMillis(retention).isBefore(clock));
  }
}
