package dev.larder.pipelines.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A number that is seen first. */
record Tile(String label, String value, State state) {

  /** How the number is to be taken. */
  enum State {
    PLAIN,
    OK,
    BAD;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Tile plain(String label, String value) {
    return new Tile(label, value, State.PLAIN);
  }

  static Tile count(String label, long value) {
    return plain(label, counted(value));
  }

  static String counted(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
