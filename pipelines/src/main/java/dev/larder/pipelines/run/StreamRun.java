package dev.larder.pipelines.run;

import dev.larder.io.changes.SourceException;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.options.StreamOptions.Trigger;
import dev.larder.pipelines.status.StatusServer;
import dev.larder.pipelines.status.StreamFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
  private final StreamLedger ledger;
  private final WaitingSnapshots snapshots;
  private final BatchRun batches;
  private final StreamFigures figures = new StreamFigures(Instant.now());
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  public StreamRun(StreamOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
    this.connectors = new Connectors(options, sources);
    this.kafka = Kafkas.connection(options);
    this.ledger = new StreamLedger(Ledger.open(options.getLake()));
    CurrentVault vault = new CurrentVault(options.getLake(), sources);
    HandOver handOver = new HandOver(options, options.getLake(), console);
    this.snapshots = new WaitingSnapshots(ledger.ledger(), connectors, handOver, vault, console);
    this.batches = new BatchRun(options, sources, kafka, ledger.ledger(), vault, console);
  }

  /** Finishes the running batch, then {@link #run} returns. May be called from any thread. */
  public void stop() {
    stopAsked.countDown();
  }

  /** Runs until the trigger says that it is enough. */
  public void run(RunReport report) {
    StreamTally tally = new StreamTally(console, report);
    BatchPlans plans = BatchPlans.of(options);
    Duration silence = Durations.parse("maxSilence", options.getMaxSilence());
    try (StatusServer server =
            options.getMetricsPort() == null
                ? null
                : StatusServer.start(options.getMetricsPort(), figures, silence);
        ConnectorWatch watch = connectors.watch(figures, console);
        OrderlyStop stop = OrderlyStop.of(stopAsked, RunnerProfile.of(options), console, report);
        Pace pace = Pace.of(options, kafka);
        KafkaOffsets offsets = KafkaOffsets.open(kafka)) {
      if (server != null) {
        console.line("Metrics: http://localhost:%d/metrics and /health", server.port());
      }
      ReadPositions positions =
          new ReadPositions(ledger, options, sources.model(), offsets, console);
      if (options.getTrigger() == Trigger.AVAILABLE_NOW) {
        connectors.awaitRead(sources.positions(), offsets, console);
      }
      loop(positions, plans, pace, stop, tally);
      snapshots.tell();
    }
    tally.conclude();
  }

  /** What an earlier process, or an outage, left in the middle comes before anything new. */
  private void finishCutOff(ReadPositions positions, OrderlyStop stop, StreamTally tally) {
    BatchPlan unfinished = ledger.unfinished().orElse(null);
    if (unfinished != null) {
      console.line("Batch %d was not finished; it is run again.", unfinished.batch());
      run(positions.left(unfinished, positions.look(stop)), tally, 0);
    }
    snapshots.finishCutOff();
  }

  private void loop(
      ReadPositions positions, BatchPlans plans, Pace pace, OrderlyStop stop, StreamTally tally) {
    Outage outage = new Outage(pace.patience(), figures, console);
    boolean isCutOff = true;
    boolean more = true;
    while (more && !stop.isAsked()) {
      pace.begin();
      try {
        if (isCutOff) {
          finishCutOff(positions, stop, tally);
        }
        isCutOff = false;
        more = round(positions, plans, pace, stop, tally);
        outage.over(System.nanoTime());
      } catch (SourceException e) {
        isCutOff = true;
        more = pace.goesOn(true);
        stop.pause(outage.pauseAfter(e, System.nanoTime()));
      }
    }
  }

  /**
   * Takes what has come since the last round, and rests until the next one if there is one.
   *
   * @return whether there is
   */
  private boolean round(
      ReadPositions positions, BatchPlans plans, Pace pace, OrderlyStop stop, StreamTally tally) {
    TopicOffsets now = look(positions, stop);
    Map<TopicPartition, Long> from = positions.next(now);
    Map<TopicPartition, Long> to =
        Pace.limited(now.end(), snapshots.extend(pace.target(now.end())));
    BatchPlan plan = plans.next(ledger.nextBatch(), from, to);
    Map<TopicPartition, Long> read = plan.advance(from);
    Map<String, Long> left = left(now.end(), read);
    if (!plan.isEmpty()) {
      BatchPlan complete = batches.withCatalogue(plan);
      ledger.planned(complete);
      plans.learn(run(complete, tally, left.values().stream().mapToLong(n -> n).sum()));
    }
    snapshots.takeOver(read);
    figures.round(Instant.now(), left, snapshots.count());
    tally.requireLetters(options.getMaxDeadLetters());
    boolean more = pace.goesOn(!plan.isEmpty() || !snapshots.needNothing());
    if (more) {
      pace.rest(plan.size(), read, stop);
    }
    return more;
  }

  /** Where the topics stand; snapshots are asked for first, so that these ends count for them. */
  private TopicOffsets look(ReadPositions positions, OrderlyStop stop) {
    ledger.look();
    List<Long> justPassed = snapshots.justPassed();
    TopicOffsets now = positions.look(stop);
    snapshots.passed(justPassed, now);
    return now;
  }

  private BatchOutcome run(BatchPlan plan, StreamTally tally, long lag) {
    figures.batchBegins(Instant.now());
    BatchOutcome outcome = batches.run(plan);
    ledger.done(plan, outcome);
    figures.batchDone(
        outcome.records(),
        outcome.bytes(),
        outcome.rows(),
        outcome.written(),
        outcome.deadLetters(),
        outcome.seconds(),
        outcome.commitSeconds());
    tally.add(plan.batch(), outcome, lag);
    return outcome;
  }

  /** How many offsets are left behind what was read, by {@code topic/partition}. */
  private static Map<String, Long> left(
      Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read) {
    Map<String, Long> left = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            left.put(
                partition.topic() + "/" + partition.partition(),
                end - read.getOrDefault(partition, 0L)));
    return left;
  }
}
