package dev.larder.pipelines.demo;

import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a demo writes its lake into: new, empty, or left by an earlier demo. */
final class DemoLake {
  private static final String MARK = ".larder-demo";

  private DemoLake() {}

  /**
   * Empties the folder and marks it.
   *
   * @throws UserException if it holds anything that no demo has made
   */
  static void make(Path lake) throws IOException {
    if (Files.exists(lake)) {
      if (!Files.exists(lake.resolve(MARK)) && !isEmpty(lake)) {
        throw new UserException(
            String.format(
                "--lake=%s holds files that no demo has made; the demo would replace them. Give a"
                    + " new or empty folder.",
                lake));
      }
      delete(lake);
    }
    Files.createDirectories(lake);
    Files.createFile(lake.resolve(MARK));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
