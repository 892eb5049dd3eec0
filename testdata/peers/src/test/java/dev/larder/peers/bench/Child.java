package dev.larder.peers.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A JVM for one side of a comparison, and what it took: as {@code /usr/bin/time} counts it for the
 * whole process, and as the side itself printed in lines of {@code name=value} pairs.
 */
final class Child {
  private static final double TICKS_PER_SECOND = 100;

  /**
   * @param cpuSeconds user and system time of the whole process, its start included
   * @param lines what the process printed, each line's pairs by name
   */
  record Took(double wallSeconds, double cpuSeconds, List<Map<String, String>> lines) {

    /** With the CPU seconds of something else, as a step of its own. */
    Took and(String step, double otherCpuSeconds) {
      List<Map<String, String>> more = new ArrayList<>(lines);
      more.add(Map.of("step", step, "cpuSeconds", Double.toString(otherCpuSeconds)));
      return new Took(wallSeconds, cpuSeconds, more);
    }

    boolean has(String step) {
      return lines.stream().anyMatch(line -> step.equals(line.get("step")));
    }

    /** A figure of the last line of a step, which says {@code step=NAME}. */
    double at(String step, String name) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        Map<String, String> line = lines.get(i);
        if (step.equals(line.get("step")) && line.containsKey(name)) {
          return Double.parseDouble(line.get(name));
        }
      }
      throw new IllegalStateException("no line with step=" + step + " " + name + "= in " + lines);
    }

    /** A figure of the last line that has it. */
    double last(String name) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (lines.get(i).containsKey(name)) {
          return Double.parseDouble(lines.get(i).get(name));
        }
      }
      throw new IllegalStateException("no line with " + name + "= in " + lines);
    }

    /** A figure of the first line that has it. */
    double first(String name) {
      return lines.stream()
          .filter(line -> line.containsKey(name))
          .mapToDouble(line -> Double.parseDouble(line.get(name)))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no line with " + name + "= in " + lines));
    }
  }

  private final String heap;
  private final String classPath;
  private final List<String> options;

  private Child(String heap, String classPath, List<String> options) {
    this.heap = heap;
    this.classPath = classPath;
    this.options = List.copyOf(options);
  }

  /**
   * As spark-submit would be started: everything on the class path, a collector for throughput.
   *
   * @param heap as {@code -Xmx} takes it
   */
  static Child of(String heap) {
    return new Child(heap, System.getProperty("java.class.path"), List.of("-XX:+UseParallelGC"))
        .with(opens());
  }

  /** What Java 17 must open for Spark. */
  static List<String> opens() {
    return Stream.of(System.getProperty("jvm.opens", "").split(" "))
        .filter(option -> !option.isEmpty())
        .toList();
  }

  /** A JVM with these options besides, which come last. */
  Child with(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return new Child(heap, classPath, all);
  }

  /** A JVM with another heap. */
  Child withHeap(String otherHeap) {
    return new Child(otherHeap, classPath, options);
  }

  /** A JVM on another class path, with these options alone. */
  Child on(String otherClassPath, List<String> otherOptions) {
    return new Child(heap, otherClassPath, otherOptions);
  }

  /** Runs a main class to its end. */
  Took run(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(options);
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      return run(command);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + main, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + main + " ran", e);
    }
  }

  private Took run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", classPath);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    double cpu = cpuSecondsOfEndedChildren();
    long start = System.nanoTime();
    Process process = builder.start();
    List<Map<String, String>> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(pairs(line));
      }
    }
    int exit = process.waitFor();
    double wall = (System.nanoTime() - start) / 1e9;
    if (exit != 0) {
      throw new IllegalStateException("exit code " + exit + " of " + command);
    }
    return new Took(wall, cpuSecondsOfEndedChildren() - cpu, lines);
  }

  private static Map<String, String> pairs(String line) {
    Map<String, String> pairs = new HashMap<>();
    for (String word : line.split(" ")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        pairs.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return pairs;
  }

  /** Fields cutime and cstime of {@code /proc/self/stat}: every child that has been waited for. */
  private static double cpuSecondsOfEndedChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }

  /** The middle one. */
  static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  static String text(double figure) {
    String format = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, figure);
  }
}
