package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;

/** 10,000 changes into tables of growing size, by each side in a JVM of its own, in turn. */
final class MergeFigures {
  private static final int CHANGES = 10_000;

  /** Merges of one JVM, the last of which is the warmed-up one. */
  private static final int BATCHES = Integer.getInteger("bench.merge.batches", 4);

  private static final List<String> SPARK = List.of("spark-dv", "spark-cow");
  private static final List<String> LARDER = List.of("changed", "scd2");

  private final Path folder;
  private final Child child;
  private final int runs;

  MergeFigures(Path folder, Child child, int runs) {
    this.folder = folder;
    this.child = child;
    this.runs = runs;
  }

  List<String> measure(List<Long> sizes) {
    Report.Table table =
        new Report.Table(
            "10,000 changes merged, CPU seconds (wall seconds)",
            "current rows",
            "side",
            "whole fresh JVM",
            "first merge in it",
            "each later merge",
            "peak MiB",
            "CPU of a fresh JVM: Spark's best / this");
    for (long rows : sizes) {
      Benchmarks.Runs took = measure(rows);
      double best = SPARK.stream().mapToDouble(took::cpu).min().orElseThrow();
      LARDER.forEach(side -> row(table, rows, side, took, best));
      SPARK.forEach(side -> row(table, rows, side, took, best));
    }
    return table.lines();
  }

  private static void row(
      Report.Table table, long rows, String side, Benchmarks.Runs took, double best) {
    table.row(
        String.format(java.util.Locale.ROOT, "%,d", rows),
        name(side),
        text(took.cpu(side)) + " (" + text(took.wall(side)) + ")",
        text(took.first(side, "cpuSeconds")) + " (" + text(took.first(side, "wallSeconds")) + ")",
        text(took.last("later " + side, "cpuSeconds"))
            + " ("
            + text(took.last("later " + side, "wallSeconds"))
            + ")",
        text(took.last(side, "peakMiB")),
        text(best / took.cpu(side)));
  }

  private static String name(String side) {
    return switch (side) {
      case "changed" -> "Larder, insert if changed";
      case "scd2" -> "Larder, SCD2 with stored ends";
      case "spark-dv" -> "delta-spark MERGE, SCD2, deletion vectors";
      default -> "delta-spark MERGE, SCD2, copy on write";
    };
  }

  private Benchmarks.Runs measure(long rows) {
    LARDER.forEach(side -> child.run(LarderMerge.class, made(side, rows), "load", side, rows));
    SPARK.forEach(
        side ->
            child.run(SparkMerge.class, made(side, rows), "load", rows, side.equals("spark-dv")));
    Benchmarks.Runs took = new Benchmarks.Runs();
    for (int run = 0; run < runs; run++) {
      for (String side : List.of("changed", "spark-dv", "scd2", "spark-cow")) {
        took.add(side, merge(side, rows, 1));
      }
    }
    for (String side : List.of("changed", "spark-dv", "scd2", "spark-cow")) {
      took.add("later " + side, merge(side, rows, BATCHES));
      Tables.delete(made(side, rows));
    }
    return took;
  }

  private Child.Took merge(String side, long rows, int batches) {
    Path copy = folder.resolve("run-" + side);
    Tables.copy(made(side, rows), copy);
    try {
      return SPARK.contains(side)
          ? child.run(SparkMerge.class, copy, "merge", rows, CHANGES, 1, batches)
          : child.run(LarderMerge.class, copy, "merge", side, rows, CHANGES, 1, batches);
    } finally {
      Tables.delete(copy);
    }
  }

  private Path made(String side, long rows) {
    return folder.resolve(side + "-" + rows);
  }
}
