package dev.larder.runners.direct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of tests. */
final class Folders {

  private Folders() {}

  /** Makes a folder without anything in it. */
  static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : files(folder, Comparator.reverseOrder())) {
        Files.delete(file);
      }
    }
    Files.createDirectories(folder);
  }

  /** Copies a folder, with who may read what, to a place where there is nothing. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    for (Path file : files(from, Comparator.naturalOrder())) {
      Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static List<Path> files(Path folder, Comparator<Path> order) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(order).toList();
    }
  }
}
