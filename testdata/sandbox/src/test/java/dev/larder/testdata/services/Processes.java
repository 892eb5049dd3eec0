package dev.larder.testdata.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What runs on this machine, by {@code /proc}. A zombie has ended: it has no command line. */
final class Processes {
  private Processes() {}

  /** The command lines of all processes that name a folder. */
  static List<String> mentioning(Path folder) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(p -> p.getFileName().toString().matches("\\d+"))
          .map(Processes::commandLine)
          .filter(line -> line.contains(folder.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isAlive(long pid) {
    return !commandLine(Path.of("/proc", Long.toString(pid))).isEmpty();
  }

  private static String commandLine(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
          .replace('\0', ' ');
    } catch (IOException e) {
      // It has ended.
      return "";
    }
  }
}
