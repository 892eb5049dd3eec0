package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes, in words. */
final class Sizes {
  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,11})(|[KMG]iB)");
  private static final String UNITS = "KMGT";
  private static final int UNIT = 1024;

  private Sizes() {}

  /**
   * @param option for the message
   * @param text {@code 1048576}, {@code 64MiB}
   */
  static long bytes(String option, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new UserException(
          "--" + option + "=" + text + " is no size. Write it like 64MiB, 1GiB or 1048576.");
    }
    long bytes = Long.parseLong(matcher.group(1));
    int powers = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2).charAt(0)) + 1;
    for (int i = 0; i < powers; i++) {
      bytes *= UNIT;
    }
    return bytes;
  }

  /** {@code 640 B}, {@code 1.2 MiB}. */
  static String text(long bytes) {
    if (bytes < UNIT) {
      return bytes + " B";
    }
    double value = (double) bytes / UNIT;
    int unit = 0;
    while (value >= UNIT && unit < UNITS.length() - 1) {
      value /= UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %siB", value, UNITS.charAt(unit));
  }
}
