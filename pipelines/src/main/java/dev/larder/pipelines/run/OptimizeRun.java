package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.MetricNames;
import dev.larder.io.delta.OptimizeTables;
import dev.larder.io.delta.log.CommitInfo;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.OptimizeOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes files of tables larger, or clusters them, on the runner that the options name. */
public final class OptimizeRun {
  private static final String OPTIMIZE = "OPTIMIZE";

  private final OptimizeOptions options;
  private final Console console;

  public OptimizeRun(OptimizeOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  public void run(RunReport report) {
    OptimizeTables optimize = clustered(sized(DeltaIO.optimize()));
    Map<String, Long> before = new LinkedHashMap<>();
    for (String name : LakeTableNames.matching(options.getLake(), options.getTable())) {
      before.put(name, DeltaTable.of(options.getLake(), name).latest().version());
    }
    long start = System.nanoTime();
    Pipelines run =
        Pipelines.run(
            options,
            pipeline -> pipeline.apply(optimize.tables(options.getLake(), before.keySet())),
            running -> progress(running, start));
    long rows = run.counter(MetricNames.ROWS_REWRITTEN);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    before.forEach((name, version) -> tell(name, version, report));
    console.step("Optimized: %,d rows, %s", rows, Rate.of(rows, took));
    report.put("rows", rows).put("rows_per_second", Rate.perSecond(rows, took));
    long givenUp = run.counter(MetricNames.SETS_GIVEN_UP);
    report.put("groups_given_up", givenUp);
    if (givenUp > 0) {
      console.line(
          "Note: %d groups of files were left as they are, for other writers kept changing them."
              + " Run it again when there is less traffic.",
          givenUp);
    }
  }

  private OptimizeTables sized(OptimizeTables optimize) {
    String size = options.getTargetFileSize();
    return size == null
        ? optimize
        : optimize.withTargetFileSize(Sizes.bytes("targetFileSize", size));
  }

  private OptimizeTables clustered(OptimizeTables optimize) {
    List<String> columns = options.getClusterBy();
    if (columns == null || columns.isEmpty()) {
      return optimize;
    }
    try {
      return optimize.withClusterBy(columns.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "--clusterBy=" + String.join(",", columns) + ": " + e.getMessage(), e);
    }
  }

  private void progress(Pipelines running, long start) {
    long rows = running.counter(MetricNames.ROWS_REWRITTEN);
    console.progress(
        "%,d rows, %s", rows, Rate.of(rows, running.counter(MetricNames.ROWS_PLANNED), start));
  }

  /** What the table's history says, for it is where each group of files is told of. */
  private void tell(String name, long before, RunReport report) {
    DeltaTable table = DeltaTable.of(options.getLake(), name);
    long latest = table.latest().version();
    long removed = 0;
    long added = 0;
    long bytesRemoved = 0;
    long bytesAdded = 0;
    for (CommitInfo commit : table.history((int) (latest - before))) {
      if (commit.operation().equals(OPTIMIZE)) {
        removed += metric(commit, "numRemovedFiles");
        added += metric(commit, "numAddedFiles");
        bytesRemoved += metric(commit, "numRemovedBytes");
        bytesAdded += metric(commit, "numAddedBytes");
      }
    }
    report
        .add("tables")
        .put("table", name)
        .put("version", latest)
        .put("files_removed", removed)
        .put("files_added", added)
        .put("bytes_removed", bytesRemoved)
        .put("bytes_added", bytesAdded);
    if (removed == 0) {
      console.step("%s: nothing to do", name);
    } else {
      console.step(
          "%s: %,d files of %s became %,d of %s",
          name, removed, Sizes.text(bytesRemoved), added, Sizes.text(bytesAdded));
    }
  }

  private static long metric(CommitInfo commit, String name) {
    return Long.parseLong(commit.metrics().getOrDefault(name, "0"));
  }
}
