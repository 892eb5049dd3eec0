package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A satellite loaded from changes, first all rows and then one in a hundred, and a point-in-time
 * table, beside Spark doing what AutomateDV's SQL says; each side in a JVM of its own, in turn.
 */
final class VaultFigures {
  private static final String LARDER = "larder";
  private static final String SPARK = "spark";

  /** Spark in a JVM started as Larder's is. */
  private static final String ALIKE = "spark, JVM alike";

  private static final int STEP = 100;

  /** Rows of a bucket of a satellite; both sides know how much is to come. */
  private static final long ROWS_A_BUCKET = 500_000;

  private static final int MAX_BUCKETS = 32;

  private final Path folder;
  private final Child spark;
  private final Child bySparkRunner;
  private final Child alike;
  private final Child larder;
  private final Child increment;
  private final int runs;

  /**
   * @param heap of Larder's side of a first load, as {@code -Xmx} takes it
   */
  VaultFigures(Path folder, Child child, String heap, int runs) {
    this.folder = folder;
    this.spark = child;
    this.bySparkRunner = Launch.bySparkRunner(folder, child.withHeap(heap));
    this.alike = Launch.alike(folder, child, SparkVault.class, folder.resolve("made"), 1_000, 1, 0);
    Tables.delete(folder.resolve("made"));
    Launch launch = Launch.larder(folder, child).trained();
    this.larder = launch.forLong();
    this.increment = launch.forOneBatch();
    this.runs = runs;
  }

  /** The satellite. */
  List<String> satellite(List<Long> sizes) {
    Report.Table table = table("A satellite of hashed changes", "rows");
    for (long rows : sizes) {
      Benchmarks.Runs first = new Benchmarks.Runs();
      Benchmarks.Runs then = new Benchmarks.Runs();
      for (int run = 0; run < runs; run++) {
        load(rows, first, then);
      }
      String size = String.format(Locale.ROOT, "%,d", rows);
      rows(table, size + ", first load", "Larder, SparkRunner local[2]", first);
      rows(table, (rows / STEP) + " into " + size, "Larder, DirectRunner", then);
    }
    return table.lines();
  }

  private void load(long rows, Benchmarks.Runs first, Benchmarks.Runs then) {
    long buckets = Math.max(1, Math.min(MAX_BUCKETS, rows / ROWS_A_BUCKET));
    Path lake = folder.resolve("vault-larder");
    first.add(LARDER, bySparkRunner.run(LarderVault.class, lake, rows, 1, 0, buckets, "spark"));
    then.add(LARDER, increment.run(LarderVault.class, lake, rows, STEP, 1, buckets, "direct"));
    Tables.delete(lake);
    Path table = folder.resolve("vault-spark");
    first.add(SPARK, spark.run(SparkVault.class, table, rows, 1, 0));
    then.add(SPARK, spark.run(SparkVault.class, table, rows, STEP, 1));
    Tables.delete(table);
    first.add(ALIKE, alike.run(SparkVault.class, table, rows, 1, 0));
    Tables.delete(table);
  }

  /** The point-in-time table of three satellites. */
  List<String> pit(List<Long> sizes, int days) {
    Report.Table table = table("A PIT of " + days + " days and three satellites", "keys");
    for (long keys : sizes) {
      Path lake = folder.resolve("pit-lake");
      larder.run(LarderPit.class, lake, "make", keys);
      Benchmarks.Runs took = new Benchmarks.Runs();
      for (int run = 0; run < runs; run++) {
        took.add(LARDER, larder.run(LarderPit.class, lake, "build", keys, days));
        Tables.delete(lake.resolve("vault/pit_customer"));
        Path pit = folder.resolve("pit-spark");
        took.add(SPARK, spark.run(SparkPit.class, lake, pit, keys, days));
        Tables.delete(pit);
      }
      Tables.delete(lake);
      rows(table, String.format(Locale.ROOT, "%,d", keys), "Larder, DirectRunner", took);
    }
    return table.lines();
  }

  private static Report.Table table(String title, String first) {
    return new Report.Table(
        title,
        first,
        "side",
        "rows/s",
        "CPU seconds (wall)",
        "CPU seconds of the whole JVM (wall)",
        "peak MiB",
        "CPU: Spark's / this",
        "wall: Spark's / this");
  }

  private static void rows(Report.Table table, String what, String ours, Benchmarks.Runs took) {
    for (String side : took.sides()) {
      table.row(
          what,
          switch (side) {
            case LARDER -> ours;
            case ALIKE -> "the same, the JVM started as Larder's";
            default -> "Spark SQL of AutomateDV, local[2]";
          },
          text(took.last(side, "rowsPerSecond")),
          text(took.last(side, "cpuSeconds")) + " (" + text(took.last(side, "wallSeconds")) + ")",
          text(took.cpu(side)) + " (" + text(took.wall(side)) + ")",
          text(took.last(side, "peakMiB")),
          text(took.cpu(SPARK) / took.cpu(side)),
          text(took.wall(SPARK) / took.wall(side)));
    }
  }
}
