package dev.larder.peers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Tables in Markdown, on standard output and in a file, as soon as each is measured. */
@SuppressWarnings("SystemOut") // the job's presenter
final class Report {
  private final Path file;

  Report(Path file) {
    this.file = file;
  }

  /** When and on what; load is that of the last minute before the job. */
  void machine() {
    String load = read("/proc/loadavg").split(" ")[0];
    String cpu =
        read("/proc/cpuinfo")
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown CPU");
    table(
        List.of(
            Instant.now().truncatedTo(ChronoUnit.MINUTES)
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores ("
                + cpu
                + "), Java "
                + Runtime.version()
                + ", load before "
                + load));
  }

  void table(List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.add("");
    all.forEach(System.out::println);
    try {
      Files.write(file, all, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One table under a title. */
  static final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(String title, String... columns) {
      lines.add("**" + title + "**");
      lines.add("");
      row(columns);
      lines.add("|---".repeat(columns.length) + "|");
    }

    void row(String... cells) {
      lines.add("| " + String.join(" | ", cells) + " |");
    }

    List<String> lines() {
      return lines;
    }
  }
}
