package dev.larder.pipelines.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the process tells its caller. Documented in README and {@code larder --help}. */
public enum ExitCode {
  DONE(0, "done"),
  BUG(1, "an error that Larder did not foresee: please report it with the stack trace"),
  USER(
      2,
      "something given is wrong (an option, the model): the message says what and how to mend it"),
  SOURCE(3, "a source (MySQL, Kafka, Connect) cannot be reached or does not allow what is needed"),
  SINK(4, "the lake cannot be read or written"),
  DATA(5, "the data is not as it must be: verify found differences, too many dead letters"),
  NOT_READY(20, "not now: something must happen first; try again later");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  static String table() {
    return Arrays.stream(values())
        .map(exit -> String.format(Locale.ROOT, "  %2d  %s%n", exit.code, exit.meaning))
        .collect(Collectors.joining());
  }
}
