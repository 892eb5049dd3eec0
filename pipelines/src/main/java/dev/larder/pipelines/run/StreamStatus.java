package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.RecordTimes;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.transforms.model.VaultModel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code larder stream --status}: what the ledger and Kafka say of a stream. Reads only, and needs
 * no running stream.
 */
public final class StreamStatus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final double MILLIS = 1000.0;

  private final StreamOptions options;
  private final VaultModel model;
  private final Console console;

  public StreamStatus(StreamOptions options, VaultModel model, Console console) {
    this.options = options;
    this.model = model;
    this.console = console;
  }

  public void run() {
    Ledger ledger = Ledger.open(options.getLake());
    ObjectNode status = JSON.createObjectNode();
    addBatches(status, ledger);
    StreamPast past = StreamPast.of(ledger, Long.MAX_VALUE);
    List<PartitionStatus> partitions = partitions(past);
    status.put("lag_records", partitions.stream().mapToLong(PartitionStatus::lag).sum());
    partitions.stream()
        .flatMapToDouble(p -> p.lagSeconds().stream())
        .max()
        .ifPresent(seconds -> status.put("lag_seconds", seconds));
    ArrayNode list = status.putArray("partitions");
    partitions.forEach(partition -> partition.addTo(list.addObject()));
    ArrayNode waiting = status.putArray("waiting_snapshots");
    HandOver.waiting(ledger).forEach(waiting::add);
    switch (options.getOutput()) {
      case JSON -> console.line("%s", status.toPrettyString());
      case TEXT -> StatusText.print(status, console);
    }
  }

  private static void addBatches(ObjectNode status, Ledger ledger) {
    StreamPast past = StreamPast.of(ledger, Long.MAX_VALUE);
    status
        .put("batches", past.batches())
        .put("records", past.total().records())
        .put("dead_letters", past.total().deadLetters());
    List<LedgerEntry> done =
        ledger.entries(Ledger.STREAM).stream().filter(e -> e.state() == State.DONE).toList();
    if (!done.isEmpty()) {
      LedgerEntry last = done.get(done.size() - 1);
      BatchOutcome outcome = BatchOutcome.fromJson(last.body());
      status
          .putObject("last_batch")
          .put("batch", last.number())
          .put("records", outcome.records())
          .put("bytes", outcome.bytes())
          .put(BatchOutcome.WRITTEN, outcome.written())
          .put("seconds", outcome.seconds())
          .put("done_at", time(last).toString());
      status.put("records_per_second", Math.round(perSecond(done)));
    }
    ledger
        .unfinished(Ledger.STREAM)
        .ifPresent(
            plan ->
                status
                    .putObject("running_batch")
                    .put("batch", plan.number())
                    .put("offsets", BatchPlan.fromJson(plan.body()).size())
                    .put("planned_at", time(plan).toString()));
  }

  /** Records of the batches that the ledger still has, by the time that these batches took. */
  private static double perSecond(List<LedgerEntry> done) {
    BatchOutcome sum = BatchOutcome.NOTHING;
    for (LedgerEntry line : done) {
      sum = sum.plus(BatchOutcome.fromJson(line.body()));
    }
    return sum.records() / Math.max(0.001, sum.seconds());
  }

  private static Instant time(LedgerEntry line) {
    return Instant.EPOCH.plus(line.recordedAt(), ChronoUnit.MICROS);
  }

  private List<PartitionStatus> partitions(StreamPast past) {
    KafkaConnection kafka = Kafkas.connection(options);
    TopicOffsets now;
    try (KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      now = offsets.read(LogTopics.all(model));
    }
    Map<TopicPartition, Long> behind = new HashMap<>();
    now.end()
        .forEach(
            (partition, end) -> {
              long next =
                  Math.max(
                      past.positions().getOrDefault(partition, 0L), now.earliest().get(partition));
              if (next < end) {
                behind.put(partition, next);
              }
            });
    Map<TopicPartition, Instant> times = RecordTimes.at(kafka, behind, PATIENCE);
    Instant clock = Instant.now();
    List<PartitionStatus> partitions = new ArrayList<>();
    now.end()
        .forEach(
            (partition, end) -> {
              Instant oldest = times.get(partition);
              partitions.add(
                  new PartitionStatus(
                      partition,
                      past.positions().getOrDefault(partition, -1L),
                      end,
                      oldest == null
                          ? OptionalDouble.empty()
                          : OptionalDouble.of(
                              Math.max(0, Duration.between(oldest, clock).toMillis() / MILLIS))));
            });
    partitions.sort(
        Comparator.comparing((PartitionStatus status) -> status.partition().topic())
            .thenComparing(status -> status.partition().partition()));
    return partitions;
  }
}
