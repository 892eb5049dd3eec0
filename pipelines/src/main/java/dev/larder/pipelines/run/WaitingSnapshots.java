package dev.larder.pipelines.run;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.SourceException;
import dev.larder.io.kafka.TopicOffsets;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The snapshots that are in bronze and wait for the stream: watches how far the log has come, and
 * hands them over to the vault once it is read to behind their end.
 */
final class WaitingSnapshots {
  private final Ledger ledger;
  private final Connectors connectors;
  private final HandOver handOver;
  private final CurrentVault vault;
  private final Console console;
  private final PassedSnapshots passed = new PassedSnapshots();

  WaitingSnapshots(
      Ledger ledger,
      Connectors connectors,
      HandOver handOver,
      CurrentVault vault,
      Console console) {
    this.ledger = ledger;
    this.connectors = connectors;
    this.handOver = handOver;
    this.vault = vault;
    this.console = console;
  }

  /** Ends a hand-over in which an earlier process died, before any new batch. */
  void finishCutOff() {
    ledger
        .unfinished(Ledger.HAND_OVER)
        .map(LedgerEntry::number)
        .ifPresent(
            number -> {
              console.line("The hand-over of snapshot %d was not finished; it goes on.", number);
              handOver.run(ledger, number, vault.now());
            });
  }

  /** Snapshots of which it is now known that the log has passed them; asked before topics are. */
  List<Long> justPassed() {
    List<Long> waiting =
        HandOver.waiting(ledger).stream().filter(number -> !passed.contains(number)).toList();
    if (waiting.isEmpty()) {
      return waiting;
    }
    Map<String, Sequence> connectorsRead = connectorsRead();
    return waiting.stream()
        .filter(number -> handOver.isPassed(ledger, number, connectorsRead))
        .toList();
  }

  /** Nothing of a Connect that does not answer: events behind a snapshot's end tell as well. */
  private Map<String, Sequence> connectorsRead() {
    try {
      return connectors.positions();
    } catch (SourceException e) {
      return Map.of();
    }
  }

  /** How many there are. */
  long count() {
    return HandOver.waiting(ledger).size();
  }

  /** Takes where the topics ended after these snapshots were known to be passed. */
  void passed(List<Long> snapshots, TopicOffsets since) {
    snapshots.forEach(snapshot -> passed.add(snapshot, since.end()));
  }

  /** Whether no snapshot waits for offsets that are still to be read. */
  boolean needNothing() {
    return passed.isEmpty();
  }

  /** How far the stream must read at least: see {@link PassedSnapshots#extend}. */
  Map<TopicPartition, Long> extend(Map<TopicPartition, Long> targets) {
    return passed.extend(targets);
  }

  /** Lets the vault take over the snapshots whose log is read to the ends that count. */
  void takeOver(Map<TopicPartition, Long> read) {
    for (long number : HandOver.waiting(ledger)) {
      if (passed.contains(number) && passed.isRead(number, read)) {
        handOver.run(ledger, number, vault.now());
        passed.remove(number);
      }
    }
  }

  /** Says which snapshots still wait. */
  void tell() {
    HandOver.waiting(ledger)
        .forEach(
            number ->
                console.line(
                    "Snapshot %d waits in bronze: the log has not passed its end yet. Run `larder"
                        + " stream` again, with --connect if the source is idle.",
                    number));
  }
}
