package dev.larder.pipelines.run;

import dev.larder.io.kafka.BatchPlan;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The stream's part of the ledger: planned and done batches, and where they leave off.
 *
 * <p><b>Cost</b>: two commits a batch. After {@value #MAX_BATCHES} batches the older half is folded
 * into one line, so that neither a start nor a commit grows with the number of batches.
 */
final class StreamLedger {
  static final int MAX_BATCHES = 256;

  /** What other processes write that a stream must know. */
  private static final Set<String> BY_OTHERS = Set.of(Ledger.SNAPSHOT, Ledger.HAND_OVER);

  private static final long LOOK_NANOS = 2_000_000_000L;

  private final Ledger ledger;
  private final int maxBatches;
  private StreamPast past;
  private long looked = System.nanoTime();

  StreamLedger(Ledger ledger) {
    this(ledger, MAX_BATCHES);
  }

  /**
   * @param maxBatches so many that are not folded, at the most
   */
  StreamLedger(Ledger ledger, int maxBatches) {
    this.ledger = ledger;
    this.maxBatches = maxBatches;
    this.past = StreamPast.of(ledger, Long.MAX_VALUE);
  }

  Ledger ledger() {
    return ledger;
  }

  /** What all batches came to, and where each partition stands. */
  StreamPast past() {
    return past;
  }

  long nextBatch() {
    return ledger.last(Ledger.STREAM, State.PLANNED) + 1;
  }

  /** The batch in which an earlier process died. */
  Optional<BatchPlan> unfinished() {
    return ledger.unfinished(Ledger.STREAM).map(entry -> BatchPlan.fromJson(entry.body()));
  }

  void planned(BatchPlan plan) {
    ledger.planned(Ledger.STREAM, plan.batch(), plan.toJson());
  }

  void done(BatchPlan plan, BatchOutcome outcome) {
    ledger.done(Ledger.STREAM, plan.batch(), outcome.toJson());
    past = past.with(plan, outcome);
    long oldest = ledger.folded(Ledger.STREAM).map(LedgerEntry::number).orElse(0L);
    if (plan.batch() - oldest >= maxBatches) {
      long upTo = plan.batch() - maxBatches / 2;
      ledger.fold(Ledger.STREAM, upTo, StreamPast.of(ledger, upTo).toJson());
    }
  }

  /** When a batch last read one of these partitions, as far as the ledger still says. */
  Optional<Instant> lastRead(Set<TopicPartition> partitions) {
    Instant last = null;
    for (LedgerEntry line : ledger.entries(Ledger.STREAM)) {
      boolean isRead =
          line.state() == State.DONE
              && ledger
                  .find(Ledger.STREAM, line.number(), State.PLANNED)
                  .map(planned -> BatchPlan.fromJson(planned.body()).ends().keySet())
                  .filter(read -> read.stream().anyMatch(partitions::contains))
                  .isPresent();
      if (isRead) {
        last = Instant.EPOCH.plus(line.recordedAt(), ChronoUnit.MICROS);
      }
    }
    return Optional.ofNullable(last);
  }

  /** Notes that topics are read from elsewhere from now on. */
  void start(TopicStart start) {
    ledger.done(Ledger.POSITIONS, ledger.last(Ledger.POSITIONS, State.DONE) + 1, start.toJson());
    past = past.from(start);
  }

  /** Reads what other processes have written, such as a snapshot's end; not at every call. */
  void look() {
    if (System.nanoTime() - looked > LOOK_NANOS) {
      ledger.refresh(BY_OTHERS);
      looked = System.nanoTime();
    }
  }
}
