package dev.larder.peers.bench;

import static dev.larder.peers.bench.Child.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Small commits to a table of many live files, by each side in a JVM of its own, in turn. */
final class CommitFigures {
  private static final String TABLE = "t";
  private static final int COMMITS = 41;

  private final Path folder;
  private final Child child;

  CommitFigures(Path folder, Child child) {
    this.folder = folder;
    this.child = child;
  }

  List<String> measure(List<Long> sizes) {
    Report.Table table =
        new Report.Table(
            "A commit that replaces one file, milliseconds: the median of "
                + COMMITS
                + " (the first of the JVM)",
            "live files",
            "Larder",
            "delta-spark's transaction",
            "delta-standalone");
    for (long files : sizes) {
      Benchmarks.Runs took = measure(files);
      table.row(
          String.format(Locale.ROOT, "%,d", files),
          cell(took, "larder"),
          cell(took, "spark"),
          cell(took, "standalone"));
    }
    return table.lines();
  }

  private static String cell(Benchmarks.Runs took, String side) {
    return text(took.last(side, "medianMillis"))
        + " ("
        + text(took.last(side, "firstMillis"))
        + ")";
  }

  private Benchmarks.Runs measure(long files) {
    Path made = folder.resolve("commits");
    child.run(LarderCommits.class, made, TABLE, "make", files);
    Benchmarks.Runs took = new Benchmarks.Runs();
    Path copy = folder.resolve("run-commits");
    Tables.copy(made, copy);
    took.add("larder", child.run(LarderCommits.class, copy, TABLE, "commit", COMMITS));
    Tables.copy(made, copy);
    took.add("spark", child.run(SparkCommits.class, copy.resolve(TABLE), COMMITS));
    Tables.copy(made, copy);
    took.add("standalone", child.run(StandaloneCommits.class, copy.resolve(TABLE), COMMITS));
    Tables.delete(made);
    Tables.delete(copy);
    return took;
  }
}
