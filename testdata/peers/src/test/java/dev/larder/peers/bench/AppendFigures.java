package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Many rows into a new table, by each side in a JVM of its own, in turn. */
final class AppendFigures {
  private static final List<String> SIDES = List.of("direct", "spark-delta", "spark");
  private static final String ROWS_ONLY = "noop";

  private final Path folder;
  private final Child child;
  private final int runs;

  AppendFigures(Path folder, Child child, int runs) {
    this.folder = folder;
    this.child = child;
    this.runs = runs;
  }

  List<String> measure(long rows) {
    Benchmarks.Runs took = new Benchmarks.Runs();
    for (int run = 0; run < runs; run++) {
      for (String side : SIDES) {
        took.add(side, append(side, rows));
      }
    }
    took.add(ROWS_ONLY, append(ROWS_ONLY, rows));
    Report.Table table =
        new Report.Table(
            String.format(Locale.ROOT, "%,d rows appended", rows),
            "side",
            "rows/s",
            "CPU seconds",
            "CPU seconds of the whole JVM",
            "peak MiB");
    SIDES.forEach(side -> row(table, side, took));
    row(table, ROWS_ONLY, took);
    return table.lines();
  }

  private static void row(Report.Table table, String side, Benchmarks.Runs took) {
    table.row(
        name(side),
        text(took.last(side, "rowsPerSecond")),
        text(took.last(side, "cpuSeconds")),
        text(took.cpu(side)),
        text(took.last(side, "peakMiB")));
  }

  private static String name(String side) {
    return switch (side) {
      case "direct" -> "Larder, DirectRunner";
      case "spark" -> "Larder, SparkRunner local[2]";
      case "spark-delta" -> "Spark local[2], `df.write.format(\"delta\")`";
      default -> "Spark local[2], the rows made and thrown away";
    };
  }

  private Child.Took append(String side, long rows) {
    Path target = folder.resolve("append-" + side);
    try {
      return switch (side) {
        case ROWS_ONLY -> child.run(SparkAppend.class, "noop", rows);
        case "spark-delta" -> child.run(SparkAppend.class, target, rows);
        default -> child.run(LarderAppend.class, target, rows, side);
      };
    } finally {
      Tables.delete(target);
    }
  }
}
