package dev.larder.pipelines.run;

import dev.larder.io.changes.ValidationException;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a stream has done since it started: for the console, the run report and the limit. */
final class StreamTally {
  /** A run of a month has millions of batches: its report shows the newest. */
  private static final int REPORTED = 1_000;

  private final Console console;
  private final RunReport report;
  private final WriteAdvice advice = new WriteAdvice();
  private final long start = System.nanoTime();
  private long records;
  private long deadLetters;
  private long batches;

  StreamTally(Console console, RunReport report) {
    this.console = console;
    this.report = report;
  }

  /**
   * Counts a batch that is done.
   *
   * @param lag records that wait behind it
   */
  void add(long batch, BatchOutcome outcome, long lag) {
    batches++;
    records += outcome.records();
    deadLetters += outcome.deadLetters();
    report
        .addToNewest("batches", REPORTED)
        .put("batch", batch)
        .put(BatchOutcome.RECORDS, outcome.records())
        .put(BatchOutcome.WRITTEN, outcome.written())
        .put(BatchOutcome.SECONDS, outcome.seconds())
        .put("lag", lag);
    console.progress(
        "batch %d: %,d records in %.1f s, %,d behind",
        batch, outcome.records(), outcome.seconds(), lag);
    Optional<String> said = advice.after(outcome);
    said.ifPresent(text -> console.line("%s", text));
  }

  /**
   * @param limit -1 for none
   * @throws ValidationException if there are more dead letters than that
   */
  void requireLetters(long limit) {
    if (limit >= 0 && deadLetters > limit) {
      throw new ValidationException(
          String.format(
              "%s, more than --maxDeadLetters=%d. The table ops/dead_letters has them with their"
                  + " reasons. Mend the cause or raise the limit, then start the stream again; it"
                  + " goes on behind this batch.",
              counted(deadLetters, "dead letter"), limit));
    }
  }

  /** Says what was done in all. */
  void conclude() {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    report
        .put("batches_run", batches)
        .put(BatchOutcome.RECORDS, records)
        .put(BatchOutcome.DEAD_LETTERS, deadLetters);
    console.step("Stream: %,d records in %d batches, %s", records, batches, Rate.of(records, took));
    if (deadLetters > 0) {
      console.line(
          "%s could not be decoded or loaded: see the table ops/dead_letters for bytes, place and"
              + " reason.",
          counted(deadLetters, "record"));
    }
  }

  private static String counted(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
