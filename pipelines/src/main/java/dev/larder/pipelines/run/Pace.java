package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.options.StreamOptions.Trigger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** When the next batch begins, how far batches may read, and when it is enough: the trigger. */
final class Pace {
  private final Trigger trigger;
  private final long intervalNanos;
  private final long runNanos;
  private final long start = System.nanoTime();
  private long began = start;
  private Map<TopicPartition, Long> target;

  private Pace(Trigger trigger, long intervalNanos, long runNanos) {
    this.trigger = trigger;
    this.intervalNanos = intervalNanos;
    this.runNanos = runNanos;
  }

  static Pace of(StreamOptions options) {
    return new Pace(
        options.getTrigger(),
        nanos("interval", options.getInterval(), 0),
        nanos("runFor", options.getRunFor(), Long.MAX_VALUE));
  }

  /** Marks the start of a round. */
  void begin() {
    began = System.nanoTime();
  }

  /** How far this round may read: to where the topics end, or ended when the stream started. */
  Map<TopicPartition, Long> target(Map<TopicPartition, Long> ends) {
    if (target == null || trigger == Trigger.INTERVAL) {
      target = ends;
    }
    return target;
  }

  /**
   * Whether another round follows.
   *
   * @param rest whether this round found something, or something is waited for
   */
  boolean goesOn(boolean rest) {
    return switch (trigger) {
      case ONCE -> false;
      case AVAILABLE_NOW -> rest;
      case INTERVAL -> System.nanoTime() - start < runNanos;
    };
  }

  /** How long to wait before the next round; 0 or less for not at all. */
  long pauseNanos() {
    return trigger == Trigger.INTERVAL ? intervalNanos - (System.nanoTime() - began) : 0;
  }

  /** The ends, none behind its limit; partitions without a limit are left out. */
  static Map<TopicPartition, Long> limited(
      Map<TopicPartition, Long> ends, Map<TopicPartition, Long> limits) {
    Map<TopicPartition, Long> limited = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          Long limit = limits.get(partition);
          if (limit != null) {
            limited.put(partition, Math.min(end, limit));
          }
        });
    return limited;
  }

  private static long nanos(String option, String text, long absent) {
    if (text == null) {
      return absent;
    }
    try {
      return Duration.parse(text).toNanos();
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--" + option + "=" + text + " is no ISO-8601 duration. Write PT30S or PT5M.", e);
    }
  }
}
