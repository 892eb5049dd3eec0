package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** 10,000 changes into tables of growing size, by each side in a JVM of its own, in turn. */
final class MergeFigures {
  private static final int CHANGES = 10_000;
  private static final int TRAINING_ROWS = 20_000;

  /** Merges of one JVM, the last of which is the warmed-up one. */
  private static final int BATCHES = Integer.getInteger("bench.merge.batches", 6);

  /** Started as {@code bin/larder} starts the command. */
  private static final String SPARK_SHORT = "spark-short";

  private static final List<String> SPARK = List.of("spark-dv", "spark-cow", SPARK_SHORT);
  private static final List<String> LARDER = List.of("changed", "scd2");
  private static final List<String> IN_TURN =
      List.of("changed", "spark-dv", "scd2", "spark-cow", SPARK_SHORT);

  private final Path folder;
  private final Child child;
  private final Launch larder;
  private final Launch spark;
  private final int runs;

  MergeFigures(Path folder, Child child, int runs) {
    this.folder = folder;
    this.child = child;
    this.larder = Launch.larder(folder, child);
    this.spark = Launch.spark(folder, child);
    this.runs = runs;
  }

  List<String> measure(List<Long> sizes) {
    train();
    Report.Table table =
        new Report.Table(
            "10,000 changes merged, CPU seconds (wall seconds)",
            "current rows",
            "side",
            "whole fresh JVM",
            "first merge in it",
            "each later merge of a JVM that goes on",
            "peak MiB",
            "CPU of a fresh JVM: Spark's best / this",
            "with the JVM started alike",
            "of later merges");
    for (long rows : sizes) {
      Benchmarks.Runs took = measure(rows);
      LARDER.forEach(side -> row(table, rows, side, took));
      SPARK.forEach(side -> row(table, rows, side, took));
    }
    return table.lines();
  }

  /** A merge each, so that both sides' JVMs start from archived classes. */
  private void train() {
    Path made = folder.resolve("training");
    child.run(LarderMerge.class, made, "load", "scd2", TRAINING_ROWS);
    larder.trained(LarderMerge.class, made, "merge", "scd2", TRAINING_ROWS, CHANGES, 1, 1);
    Tables.delete(made);
    child.run(SparkMerge.class, made, "load", TRAINING_ROWS, false);
    spark.trained(SparkMerge.class, made, "merge", TRAINING_ROWS, CHANGES, 1, 1);
    Tables.delete(made);
  }

  private static void row(Report.Table table, long rows, String side, Benchmarks.Runs took) {
    double best = Math.min(took.cpu("spark-dv"), took.cpu("spark-cow"));
    double later = Math.min(later("spark-dv", took), later("spark-cow", took));
    boolean isStartedAlike = side.equals(SPARK_SHORT);
    table.row(
        String.format(Locale.ROOT, "%,d", rows),
        name(side),
        text(took.cpu(side)) + " (" + text(took.wall(side)) + ")",
        text(took.first(side, "cpuSeconds")) + " (" + text(took.first(side, "wallSeconds")) + ")",
        isStartedAlike
            ? ""
            : text(later(side, took))
                + " ("
                + text(took.last("later " + side, "wallSeconds"))
                + ")",
        text(took.last(side, "peakMiB")),
        text(best / took.cpu(side)),
        text(took.cpu(SPARK_SHORT) / took.cpu(side)),
        isStartedAlike ? "" : text(later / later(side, took)));
  }

  private static double later(String side, Benchmarks.Runs took) {
    return took.last("later " + side, "cpuSeconds");
  }

  private static String name(String side) {
    return switch (side) {
      case "changed" -> "Larder, insert if changed";
      case "scd2" -> "Larder, SCD2 with stored ends";
      case "spark-dv" -> "delta-spark MERGE, SCD2, deletion vectors";
      case "spark-cow" -> "delta-spark MERGE, SCD2, copy on write";
      default -> "the same, the JVM started as `bin/larder` starts it";
    };
  }

  private Benchmarks.Runs measure(long rows) {
    LARDER.forEach(side -> child.run(LarderMerge.class, made(side, rows), "load", side, rows));
    for (String side : List.of("spark-dv", "spark-cow")) {
      child.run(SparkMerge.class, made(side, rows), "load", rows, side.equals("spark-dv"));
    }
    Benchmarks.Runs took = new Benchmarks.Runs();
    for (int run = 0; run < runs; run++) {
      for (String side : IN_TURN) {
        took.add(side, merge(side, rows, 1));
      }
    }
    for (String side : IN_TURN) {
      if (!side.equals(SPARK_SHORT)) {
        took.add("later " + side, merge(side, rows, BATCHES));
      }
    }
    IN_TURN.forEach(side -> Tables.delete(made(side, rows)));
    return took;
  }

  private Child.Took merge(String side, long rows, int batches) {
    Path copy = folder.resolve("run-" + side);
    Tables.copy(made(side, rows), copy);
    try {
      if (LARDER.contains(side)) {
        Child jvm = batches == 1 ? larder.forOneBatch() : larder.forLong();
        return jvm.run(LarderMerge.class, copy, "merge", side, rows, CHANGES, 1, batches);
      }
      Child jvm = side.equals(SPARK_SHORT) ? spark.forOneBatch() : child;
      return jvm.run(SparkMerge.class, copy, "merge", rows, CHANGES, 1, batches);
    } finally {
      Tables.delete(copy);
    }
  }

  private Path made(String side, long rows) {
    return folder.resolve((side.equals(SPARK_SHORT) ? "spark-cow" : side) + "-" + rows);
  }
}
