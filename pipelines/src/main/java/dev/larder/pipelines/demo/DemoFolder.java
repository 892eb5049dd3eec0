package dev.larder.pipelines.demo;

import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that a demo writes into: new, empty, or left by an earlier demo. */
final class DemoFolder {
  private static final String MARK = ".larder-demo";

  private DemoFolder() {}

  /**
   * Empties the folder and marks it.
   *
   * @param what what the folder is to the user: {@code --lake}
   * @throws UserException if it holds anything that no demo has made
   */
  static void make(Path folder, String what) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.exists(folder.resolve(MARK)) && !isEmpty(folder)) {
        throw new UserException(
            String.format(
                "%s, %s, holds files that no demo has made; the demo would replace them. Give"
                    + " another --lake.",
                what, folder));
      }
      delete(folder);
    }
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(MARK));
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
