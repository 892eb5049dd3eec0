package dev.larder.pipelines.run;

import dev.larder.io.changes.SourceException;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.status.StreamFigures;
import java.time.Duration;

/**
 * How a stream bears that MySQL, Kafka or Connect is away: it says so, waits longer and longer, and
 * gives up when its patience is over.
 */
final class Outage {
  private static final String SOURCE = "source";
  private static final long FIRST_WAIT_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(10).toNanos();

  private final Duration patience;
  private final StreamFigures figures;
  private final Console console;
  private long began;
  private long wait;

  /**
   * @param patience with one outage; zero for none
   */
  Outage(Duration patience, StreamFigures figures, Console console) {
    this.patience = patience;
    this.figures = figures;
    this.console = console;
  }

  /** Everything answers. */
  void over(long now) {
    if (wait > 0) {
      figures.mended(SOURCE);
      console.line("It goes on after %d s.", (now - began) / Duration.ofSeconds(1).toNanos());
    }
    wait = 0;
  }

  /**
   * How long to wait before the next attempt, in nanoseconds.
   *
   * @param now {@link System#nanoTime}
   * @throws SourceException the given one, if waiting does not help or has lasted long enough
   */
  long pauseAfter(SourceException cause, long now) {
    if (wait == 0) {
      began = now;
    }
    if (!cause.isAway() || now - began >= patience.toNanos()) {
      throw cause;
    }
    if (wait == 0) {
      figures.problem(SOURCE, cause.getMessage());
      console.line("%s Larder waits for it, up to %d s.", cause.getMessage(), patience.toSeconds());
    }
    wait = wait == 0 ? FIRST_WAIT_NANOS : Math.min(2 * wait, LONGEST_WAIT_NANOS);
    return wait;
  }
}
