package dev.larder.runners.direct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One line of what came out of a seed, and how many seconds each step took. */
final class FireRecord {
  private final List<String> said = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private final long start = System.nanoTime();
  private long stepStart = start;

  FireRecord(long seed, int rows) {
    say("seed %d: %,d rows", seed, rows);
  }

  void say(String format, Object... values) {
    said.add(String.format(Locale.ROOT, format, values));
  }

  /** Says the last line of what a command printed, or else of what happened. */
  void failed(Throwable e) {
    String last = "";
    for (String line : e.toString().lines().filter(line -> !line.isBlank()).toList()) {
      if (line.startsWith("Expected: ")) {
        break;
      }
      last = line.strip();
    }
    say("FAILED: %s", last);
  }

  /** A step is over. */
  void did(String step) {
    steps.add(step + " " + secondsSince(stepStart));
    stepStart = System.nanoTime();
  }

  private static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  /** Appends the line to a file at once: what is done is kept if the next seed is killed. */
  void appendTo(Path file) throws IOException {
    String line =
        "%s; %d s (%s)"
            .formatted(String.join(", ", said), secondsSince(start), String.join(", ", steps));
    System.out.println(line);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
