package dev.larder.pipelines.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What a person sees: lines as they happen, and one line that is rewritten while long work runs
 * (once a second on a terminal, every five seconds elsewhere).
 */
public final class Console {
  private static final long TERMINAL_STEP_MS = 1_000;
  private static final long FILE_STEP_MS = 5_000;

  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private long lastProgressMs = Long.MIN_VALUE / 2;
  private boolean progressOpen;

  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The console of this process. */
  @SuppressWarnings("SystemConsoleNull") // Java 17: null when there is no terminal
  public static Console system() {
    return new Console(System.out, System.console() != null);
  }

  /** A line of its own. */
  public synchronized void line(String format, Object... args) {
    endProgress();
    out.println(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
    out.flush();
  }

  /** A line with the time since the start before it: a step of long work. */
  public void step(String format, Object... args) {
    line("%s", stamped(String.format(Locale.ROOT, format, args)));
  }

  /** Where long work stands; shown if the last one is old enough. */
  public synchronized void progress(String format, Object... args) {
    long now = elapsed().toMillis();
    if (now - lastProgressMs < (terminal ? TERMINAL_STEP_MS : FILE_STEP_MS)) {
      return;
    }
    lastProgressMs = now;
    String text = stamped("  " + String.format(Locale.ROOT, format, args));
    if (terminal) {
      out.print("\r" + text + "\u001b[K");
      progressOpen = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Time since the command began. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private String stamped(String text) {
    return String.format(Locale.ROOT, "[%5.1fs] %s", elapsed().toMillis() / 1000.0, text);
  }

  private void endProgress() {
    if (progressOpen) {
      out.print("\r\u001b[K");
      progressOpen = false;
    }
  }
}
