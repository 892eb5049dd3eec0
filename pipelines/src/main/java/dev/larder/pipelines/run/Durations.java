package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as options give them. */
final class Durations {

  private Durations() {}

  /**
   * @param option for the message
   * @param text ISO-8601: {@code PT30S}
   */
  static Duration parse(String option, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--" + option + "=" + text + " is no ISO-8601 duration. Write PT30S or PT5M.", e);
    }
  }
}
