package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Debezium's events from a real Kafka into bronze, and into bronze and the vault: {@code larder
 * stream} beside Spark Structured Streaming, each side in a JVM of its own, in turn.
 */
final class StreamFigures {
  private static final long WARM_EVENTS = 400_000;
  private static final int WARM_KEYS = 200_000;

  /** Prefix of the topic on which a JVM warms up: until the compiler has seen most of it. */
  static final String WARM = "warm" + WARM_EVENTS;

  private static final long BATCH = 200_000;

  /** Rounding over the partitions leaves no batch of a few events. */
  private static final long SPARKS_BATCH = BATCH + 10;

  private final Path folder;
  private final Child spark;
  private final Child larder;
  private final int runs;

  /**
   * @param heap of Larder's side, as {@code -Xmx} takes it
   */
  StreamFigures(Path folder, Child child, String heap, int runs) {
    this.folder = folder;
    this.spark = child;
    this.larder = Launch.bySparkRunner(folder, child.withHeap(heap));
    this.runs = runs;
  }

  /** The topic of a prefix, as Debezium names it. */
  static String topic(String prefix) {
    return prefix + "." + Orders.SOURCE + "." + OrderEvents.TABLE;
  }

  /**
   * @param into what is filled: bronze, or bronze and vault
   */
  List<String> measure(OrdersDatabase database, long events, int keys, List<String> into) {
    String prefix = "events" + events;
    database.createStreamed();
    EventTopic topics = new EventTopic(database.bootstrapServers());
    topics.fill(WARM, WARM_EVENTS, WARM_KEYS);
    topics.fill(prefix, events, keys);
    Report.Table table =
        new Report.Table(
            String.format(Locale.ROOT, "%,d events over %,d keys", events, keys),
            "to",
            "side",
            "events/s",
            "CPU seconds (wall)",
            "CPU µs an event",
            "peak MiB");
    for (String to : into) {
      Benchmarks.Runs took = new Benchmarks.Runs();
      for (int run = 0; run < runs; run++) {
        took.add("Larder, SparkRunner local[2]", larderSide(database, prefix, events, to));
        took.add("Spark Structured Streaming, local[2]", sparkSide(database, prefix, events, to));
        if (to.equals("vault")) {
          took.add(
              "Spark Structured Streaming, one hub, no link, no status",
              sparkSide(database, prefix, events, "core"));
        }
      }
      for (String side : took.sides()) {
        double cpu = took.last(side, "cpuSeconds");
        table.row(
            to,
            side,
            text(events / took.last(side, "wallSeconds")),
            text(cpu) + " (" + text(took.last(side, "wallSeconds")) + ")",
            text(cpu / events * 1e6),
            text(took.last(side, "peakMiB")));
      }
    }
    return table.lines();
  }

  private Child.Took larderSide(OrdersDatabase database, String prefix, long events, String to) {
    Path target = folder.resolve("stream-larder");
    Tables.delete(target);
    try {
      return larder.run(
          LarderStream.class,
          target,
          database.source(),
          database.bootstrapServers(),
          "SparkRunner",
          prefix,
          events,
          BATCH,
          to);
    } finally {
      Tables.delete(target);
    }
  }

  private Child.Took sparkSide(OrdersDatabase database, String prefix, long events, String to) {
    Path target = folder.resolve("stream-spark");
    Tables.delete(target);
    try {
      return spark.run(
          SparkStream.class,
          target,
          database.bootstrapServers(),
          topic(prefix),
          events,
          SPARKS_BATCH,
          to);
    } finally {
      Tables.delete(target);
    }
  }
}
