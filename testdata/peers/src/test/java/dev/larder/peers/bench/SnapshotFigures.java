package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A table of a real MySQL into bronze, and into bronze and the vault: {@code larder snapshot} and
 * {@code larder stream} beside Spark, each side in a JVM of its own, in turn.
 */
final class SnapshotFigures {
  private static final List<String> STEPS = List.of("bronze", "vault");

  private final Path folder;
  private final Child spark;
  private final Child larder;
  private final Child direct;
  private final int runs;

  /**
   * @param heap of Larder's side, as {@code -Xmx} takes it
   */
  SnapshotFigures(Path folder, Child child, String heap, int runs) {
    this.folder = folder;
    this.spark = child;
    Child own = child.withHeap(heap);
    this.larder = Launch.bySparkRunner(folder, own);
    this.direct = Launch.larder(folder, own).forLong();
    this.runs = runs;
  }

  List<String> measure(OrdersDatabase database, long rows) {
    database.fill(rows);
    Report.Table table =
        new Report.Table(
            String.format(Locale.ROOT, "%,d rows of MySQL", rows),
            "to",
            "side",
            "rows/s",
            "CPU seconds (wall)",
            "CPU seconds of mysqld",
            "CPU µs a row, both",
            "peak MiB");
    Benchmarks.Runs took = new Benchmarks.Runs();
    for (int run = 0; run < runs; run++) {
      took.add("Spark local[2]", sparkSide(database, Orders.WHOLE, rows, "vault"));
      took.add("Larder, SparkRunner local[2]", larderSide(database, Orders.WHOLE, rows, "vault"));
      took.add(
          "Larder, SparkRunner local[2], also the status of hub and link",
          larderSide(database, Orders.WHOLE, rows, "status"));
      took.add("Larder, DirectRunner", directSide(database, rows));
      took.add(
          "Spark local[2], partitioned", sparkSide(database, Orders.PARTITIONED, rows, "bronze"));
      took.add(
          "Larder, SparkRunner local[2], partitioned",
          larderSide(database, Orders.PARTITIONED, rows, "bronze"));
    }
    for (String side : took.sides()) {
      boolean withVault = took.has(side, "vault");
      row(table, "bronze", side, took, rows, List.of("bronze"));
      if (withVault) {
        row(table, "vault, from bronze", side, took, rows, List.of("vault"));
        row(table, "both", side, took, rows, STEPS);
      }
    }
    return table.lines();
  }

  private static void row(
      Report.Table table,
      String to,
      String side,
      Benchmarks.Runs took,
      long rows,
      List<String> steps) {
    double wall = took.sum(side, steps, "wallSeconds");
    double cpu = took.sum(side, steps, "cpuSeconds");
    double server = steps.contains("bronze") ? took.sum(side, List.of("server"), "cpuSeconds") : 0;
    table.row(
        to,
        side,
        text(rows / wall),
        text(cpu) + " (" + text(wall) + ")",
        text(server),
        text((cpu + server) / rows * 1e6),
        text(took.max(side, steps, "peakMiB")));
  }

  private Child.Took sparkSide(OrdersDatabase database, String table, long rows, String to) {
    Path target = folder.resolve("snapshot-spark");
    return measured(
        database,
        target,
        () -> spark.run(SparkSnapshot.class, target, database.sparkUrl(), table, rows, to));
  }

  private Child.Took larderSide(OrdersDatabase database, String table, long rows, String to) {
    return larder(database, larder, "SparkRunner", table, rows, to);
  }

  private Child.Took directSide(OrdersDatabase database, long rows) {
    return larder(database, direct, "DirectRunner", Orders.WHOLE, rows, "bronze");
  }

  private Child.Took larder(
      OrdersDatabase database, Child child, String runner, String table, long rows, String to) {
    Path target = folder.resolve("snapshot-larder");
    return measured(
        database,
        target,
        () ->
            child.run(
                LarderSnapshot.class,
                target,
                database.source(),
                database.bootstrapServers(),
                runner,
                2,
                table,
                rows,
                to));
  }

  /** With the server's CPU seconds beside; of them the warm-up's rows are some. */
  private static Child.Took measured(
      OrdersDatabase database, Path target, Supplier<Child.Took> side) {
    Tables.delete(target);
    double before = database.serverCpuSeconds();
    try {
      return side.get().and("server", database.serverCpuSeconds() - before);
    } finally {
      Tables.delete(target);
    }
  }

  /** Rows a second by connections (down) and by rows fetched at once (across), into bronze. */
  List<String> readers(OrdersDatabase database, long rows) {
    database.fill(rows);
    List<Integer> fetches = List.of(1_000, 10_000, 100_000);
    Report.Table table =
        new Report.Table(
            String.format(Locale.ROOT, "%,d rows of MySQL into bronze, SparkRunner, rows/s", rows),
            "connections",
            "fetch 1,000",
            "fetch 10,000",
            "fetch 100,000");
    for (int connections : List.of(1, 2, 4, 8)) {
      Path target = folder.resolve("snapshot-readers");
      List<String> cells = new java.util.ArrayList<>(List.of(text(connections)));
      for (int fetch : fetches) {
        Child.Took took =
            measured(
                database,
                target,
                () ->
                    larder.run(
                        LarderSnapshot.class,
                        target,
                        database.source(),
                        database.bootstrapServers(),
                        "SparkRunner",
                        connections,
                        Orders.WHOLE,
                        rows,
                        "bronze",
                        fetch,
                        connections));
        cells.add(text(rows / took.at("bronze", "wallSeconds")));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }
}
