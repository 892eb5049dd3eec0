package dev.larder.pipelines.run;

import dev.larder.io.kafka.BatchLimits;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.BatchPlanner;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.options.StreamOptions.Trigger;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;

/**
 * The CDC branch: a loop of bounded batches (docs/adr/0002). Each is planned in the ledger, run
 * over exactly its offsets, and recorded as done; a planned batch that is not done is run first.
 */
public final class StreamRun {
  private final StreamOptions options;
  private final Sources sources;
  private final Console console;
  private final Connectors connectors;
  private final KafkaConnection kafka;
  private final TopicSelection topics;
  private final StreamLedger ledger;
  private final WaitingSnapshots snapshots;
  private final BatchRun batches;
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  public StreamRun(StreamOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
    this.connectors = new Connectors(options, sources);
    this.kafka = Kafkas.connection(options);
    this.topics = LogTopics.all(sources.model());
    this.ledger = new StreamLedger(Ledger.open(options.getLake()));
    CurrentVault vault = new CurrentVault(options.getLake(), sources);
    HandOver handOver = new HandOver(options, options.getLake(), console);
    this.snapshots = new WaitingSnapshots(ledger.ledger(), connectors, handOver, vault, console);
    this.batches = new BatchRun(options, sources, kafka, vault, console);
  }

  /** Finishes the running batch, then {@link #run} returns. May be called from any thread. */
  public void stop() {
    stopAsked.countDown();
  }

  /** Runs until the trigger says that it is enough. */
  public void run(RunReport report) {
    Pace pace = Pace.of(options);
    StreamTally tally = new StreamTally(console, report);
    try (OrderlyStop stop = OrderlyStop.of(stopAsked, RunnerProfile.of(options), console);
        KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      if (options.getTrigger() == Trigger.AVAILABLE_NOW) {
        connectors.awaitRead(sources.positions(), console);
      }
      finishCutOff(tally);
      loop(offsets, pace, stop, tally);
      snapshots.tell();
    }
    tally.conclude();
  }

  /** What an earlier process left in the middle comes before anything new. */
  private void finishCutOff(StreamTally tally) {
    ledger
        .unfinished()
        .ifPresent(
            plan -> {
              console.line("Batch %d was not finished; it is run again.", plan.batch());
              run(plan, tally, 0);
            });
    snapshots.finishCutOff();
  }

  private void loop(KafkaOffsets offsets, Pace pace, OrderlyStop stop, StreamTally tally) {
    boolean more = true;
    while (more && !stop.isAsked()) {
      pace.begin();
      TopicOffsets now = look(offsets);
      Map<TopicPartition, Long> from = now.positions(ledger.past().positions());
      BatchPlan plan =
          plan(from, Pace.limited(now.end(), snapshots.extend(pace.target(now.end()))));
      Map<TopicPartition, Long> read = plan.advance(from);
      if (!plan.isEmpty()) {
        ledger.planned(plan);
        run(plan, tally, lag(now.end(), read));
      }
      snapshots.takeOver(read);
      tally.requireLetters(options.getMaxDeadLetters());
      more = pace.goesOn(!plan.isEmpty() || !snapshots.needNothing());
      if (more) {
        stop.pause(pace.pauseNanos());
      }
    }
  }

  /** Where the topics stand; snapshots are asked for first, so that these ends count for them. */
  private TopicOffsets look(KafkaOffsets offsets) {
    ledger.look();
    var justPassed = snapshots.justPassed();
    TopicOffsets now = offsets.read(topics);
    snapshots.passed(justPassed, now);
    return now;
  }

  private BatchPlan plan(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    BatchLimits limits =
        BatchLimits.none()
            .withMaxOffsets(options.getMaxOffsetsPerBatch())
            .withMinRanges(options.getMinPartitions());
    BatchPlan plan = BatchPlanner.plan(ledger.nextBatch(), from, to, limits, Map.of());
    return plan.isEmpty() ? plan : batches.withCatalogue(plan);
  }

  private void run(BatchPlan plan, StreamTally tally, long lag) {
    BatchOutcome outcome = batches.run(plan, ledger.ledger());
    ledger.done(plan, outcome);
    tally.add(plan.batch(), outcome, lag);
  }

  private static long lag(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read) {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - read.getOrDefault(end.getKey(), 0L))
        .sum();
  }
}
