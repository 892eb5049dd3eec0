package dev.larder.peers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The whole benchmark beside peers: {@code mvn -Pbench ...} as {@code docs/benchmarks.md} says.
 * Prints Markdown and writes it to {@code figures.md} in the folder for its tables, which it
 * empties first. System properties, with their defaults: {@code
 * bench.parts=merge,append,vault,commit}, {@code bench.merge.rows=100000,1000000}, {@code
 * bench.append.rows=10000000}, {@code bench.vault.rows=1000000,10000000}, {@code
 * bench.pit.keys=100000,1000000}, {@code bench.pit.days=30}, {@code
 * bench.commit.files=10,1000,10000,20000}, {@code bench.runs=3}, {@code bench.heap=3g}.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Tables.delete(folder);
    Files.createDirectories(folder);
    List<String> parts = list("bench.parts", "merge,append,vault,commit");
    int runs = Integer.getInteger("bench.runs", 3);
    Child child = Child.of(System.getProperty("bench.heap", "3g"));
    Report report = new Report(folder.resolve("figures.md"));
    report.machine();
    if (parts.contains("merge")) {
      MergeFigures merge = new MergeFigures(folder, child, runs);
      report.table(merge.measure(numbers("bench.merge.rows", "100000,1000000")));
    }
    if (parts.contains("append")) {
      AppendFigures append = new AppendFigures(folder, child, runs);
      report.table(append.measure(numbers("bench.append.rows", "10000000").get(0)));
    }
    if (parts.contains("vault")) {
      VaultFigures vault = new VaultFigures(folder, child, larderHeap(), runs);
      report.table(vault.satellite(numbers("bench.vault.rows", "1000000,10000000")));
      int days = Integer.getInteger("bench.pit.days", 30);
      report.table(vault.pit(numbers("bench.pit.keys", "100000,1000000"), days));
    }
    if (parts.contains("snapshot") || parts.contains("readers") || parts.contains("stream")) {
      sources(folder, child, runs, parts, report);
    }
    for (String live : List.of("freshness", "soak")) {
      if (parts.contains(live)) {
        report.table(live(live, folder, child));
      }
    }
    if (parts.contains("commit")) {
      CommitFigures commits = new CommitFigures(folder, child);
      report.table(commits.measure(numbers("bench.commit.files", "10,1000,10000,20000")));
    }
  }

  private static List<String> live(String part, Path folder, Child child) {
    boolean soak = part.equals("soak");
    String at = "bench." + part;
    LiveLoad load =
        new LiveLoad(
            Integer.getInteger(at + ".orders", soak ? 500_000 : 100_000),
            Integer.getInteger(at + ".rate", soak ? 2_000 : 500),
            soak ? 10 : 1,
            Integer.getInteger(at + ".seconds", soak ? 1_800 : 60),
            Integer.getInteger(at + ".creates", soak ? 15 : 25),
            Integer.getInteger(at + ".deletes", soak ? 15 : 5));
    LiveFigures figures =
        new LiveFigures(
            folder,
            child,
            System.getProperty("bench.live.heap", "1g"),
            System.getProperty("bench.live.runner", "DirectRunner"));
    return figures.measure(load, folder.resolve(part + ".svg"));
  }

  private static void sources(
      Path folder, Child child, int runs, List<String> parts, Report report) {
    String heap = larderHeap();
    SnapshotFigures figures = new SnapshotFigures(folder, child, heap, runs);
    // Beside the folder, not in it: the rows stay for the next run.
    try (OrdersDatabase database = OrdersDatabase.in(folder.resolveSibling("bench-servers"))) {
      if (parts.contains("snapshot")) {
        report.table(figures.measure(database, numbers("bench.snapshot.rows", "10000000").get(0)));
      }
      if (parts.contains("readers")) {
        report.table(figures.readers(database, numbers("bench.readers.rows", "2000000").get(0)));
      }
      if (parts.contains("stream")) {
        long events = numbers("bench.stream.events", "2000000").get(0);
        StreamFigures stream = new StreamFigures(folder, child, heap, runs);
        List<String> into = list("bench.stream.into", "bronze,vault");
        report.table(stream.measure(database, events, (int) (events / 2), into));
      }
    }
  }

  /** Of Larder's side where it runs by SparkRunner. */
  private static String larderHeap() {
    return System.getProperty("bench.larder.heap", "2g");
  }

  private static List<String> list(String property, String preset) {
    return Arrays.asList(System.getProperty(property, preset).split(","));
  }

  private static List<Long> numbers(String property, String preset) {
    return list(property, preset).stream().map(Long::valueOf).toList();
  }

  /** Figures of sides by name, a list of one run each. */
  static final class Runs {
    private final Map<String, List<Child.Took>> took = new java.util.LinkedHashMap<>();

    void add(String side, Child.Took one) {
      took.computeIfAbsent(side, any -> new ArrayList<>()).add(one);
    }

    Iterable<String> sides() {
      return took.keySet();
    }

    boolean has(String side, String step) {
      return took.get(side).get(0).has(step);
    }

    /** The median of the runs' sums of a figure over steps. */
    double sum(String side, List<String> steps, String figure) {
      return median(side, one -> steps.stream().mapToDouble(step -> one.at(step, figure)).sum());
    }

    double max(String side, List<String> steps, String figure) {
      return median(
          side, one -> steps.stream().mapToDouble(step -> one.at(step, figure)).max().orElse(0));
    }

    double cpu(String side) {
      return median(side, Child.Took::cpuSeconds);
    }

    double wall(String side) {
      return median(side, Child.Took::wallSeconds);
    }

    double first(String side, String figure) {
      return median(side, one -> one.first(figure));
    }

    double last(String side, String figure) {
      return median(side, one -> one.last(figure));
    }

    private double median(String side, java.util.function.ToDoubleFunction<Child.Took> figure) {
      return Child.median(took.get(side).stream().map(figure::applyAsDouble).toList());
    }
  }
}
