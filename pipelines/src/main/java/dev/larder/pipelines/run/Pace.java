package dev.larder.pipelines.run;

import dev.larder.io.kafka.KafkaConnection;
import dev.larder.io.kafka.TopicWatch;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.options.StreamOptions.Trigger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** When the next batch begins, how far batches may read, and when it is enough: the trigger. */
final class Pace implements AutoCloseable {
  /** New topics and snapshots are looked for as often, should no record come. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final double NANOS = 1e9;

  private final Trigger trigger;
  private final long intervalNanos;
  private final long runNanos;
  private final long maxRecordsPerSecond;
  private final Duration patience;
  private final KafkaConnection kafka;
  private final long start = System.nanoTime();
  private long began = start;
  private Map<TopicPartition, Long> target;
  private TopicWatch watch;

  private Pace(StreamOptions options, KafkaConnection kafka) {
    this.trigger = options.getTrigger();
    this.intervalNanos = Durations.parse("interval", options.getInterval()).toNanos();
    this.runNanos =
        options.getRunFor() == null
            ? Long.MAX_VALUE
            : Durations.parse("runFor", options.getRunFor()).toNanos();
    this.maxRecordsPerSecond = options.getMaxRecordsPerSecond();
    this.patience = Durations.parse("patience", options.getPatience());
    this.kafka = kafka;
  }

  static Pace of(StreamOptions options, KafkaConnection kafka) {
    return new Pace(options, kafka);
  }

  /** How long a source may be away: who is started again by a schedule need not wait. */
  Duration patience() {
    return isEndless() ? patience : Duration.ZERO;
  }

  /** Marks the start of a round. */
  void begin() {
    began = System.nanoTime();
  }

  /** How far this round may read: to where the topics end, or ended when the stream started. */
  Map<TopicPartition, Long> target(Map<TopicPartition, Long> ends) {
    if (target == null || isEndless()) {
      target = ends;
    }
    return target;
  }

  private boolean isEndless() {
    return trigger == Trigger.INTERVAL || trigger == Trigger.CONTINUOUS;
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
      case INTERVAL, CONTINUOUS -> System.nanoTime() - start < runNanos;
    };
  }

  /**
   * Waits until the next round should begin, or the stream is to stop.
   *
   * @param records of this round
   * @param next where the next round begins to read
   */
  void rest(long records, Map<TopicPartition, Long> next, OrderlyStop stop) {
    long elapsed = System.nanoTime() - began;
    long pause = trigger == Trigger.INTERVAL ? intervalNanos - elapsed : 0;
    if (maxRecordsPerSecond > 0) {
      pause = Math.max(pause, (long) (records * NANOS / maxRecordsPerSecond) - elapsed);
    }
    stop.pause(pause);
    if (trigger == Trigger.CONTINUOUS && records == 0) {
      if (next.isEmpty()) {
        stop.pause(LOOK.toNanos()); // there is no topic yet
      } else {
        watch().await(next, LOOK, stop::isAsked);
      }
    }
  }

  private TopicWatch watch() {
    if (watch == null) {
      watch = TopicWatch.open(kafka);
    }
    return watch;
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

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
