package dev.larder.io.delta.log;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Properties of a table that Delta gives a meaning. */
public final class TableProperties {
  private static final Duration LOG_RETENTION = Duration.ofDays(30);
  private static final Duration FILE_RETENTION = Duration.ofDays(7);
  private static final Pattern PART = Pattern.compile("(\\d+)\\s+([a-z]+?)s?(?=\\s|$)");

  private TableProperties() {}

  /** For how long versions can be read; 30 days if the table does not say. */
  static Duration logRetention(Map<String, String> properties) {
    return interval(properties.get("delta.logRetentionDuration"), LOG_RETENTION);
  }

  /** For how long removed files are remembered; a week if the table does not say. */
  public static Duration fileRetention(Map<String, String> properties) {
    return interval(properties.get("delta.deletedFileRetentionDuration"), FILE_RETENTION);
  }

  static boolean appendOnly(Map<String, String> properties) {
    return isTrue(properties, "delta.appendOnly");
  }

  static boolean isTrue(Map<String, String> properties, String name) {
    return Boolean.parseBoolean(properties.get(name));
  }

  /**
   * A duration as Spark spells it: {@code interval 30 days}, {@code 1 week 2 hours}. One that is
   * not understood, or counts months, is as good as none.
   */
  private static Duration interval(String text, Duration otherwise) {
    if (text == null) {
      return otherwise;
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
    boolean any = false;
    while (part.find()) {
      Duration unit = unit(part.group(2));
      if (unit == null) {
        return otherwise;
      }
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      any = true;
    }
    return any ? sum : otherwise;
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "week" -> Duration.ofDays(7);
      case "day" -> Duration.ofDays(1);
      case "hour" -> Duration.ofHours(1);
      case "minute" -> Duration.ofMinutes(1);
      case "second" -> Duration.ofSeconds(1);
      case "millisecond" -> Duration.ofMillis(1);
      case "microsecond" -> Duration.ofNanos(1_000);
      default -> null;
    };
  }
}
