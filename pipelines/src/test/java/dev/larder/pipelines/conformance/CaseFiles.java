package dev.larder.pipelines.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cases of a folder.
 *
 * @param unread what became of files that hold no case
 */
record CaseFiles(List<ConformanceCase> cases, List<Outcome> unread) {
  private static final String PROPERTY = "conformance.dir";

  /** The folder that {@code -Dconformance.dir} names; without it the one beside the project. */
  static Path folder() {
    Path root = Path.of(System.getProperty("larder.root", "..")).toAbsolutePath();
    return root.resolve(System.getProperty(PROPERTY, "../shared/conformance")).normalize();
  }

  /** Whether somebody has named the folder. */
  static boolean isFolderNamed() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Reads every JSON file below a folder, in the order of their paths. */
  static CaseFiles below(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> below = Files.walk(folder)) {
      files = below.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<ConformanceCase> cases = new ArrayList<>();
    List<Outcome> unread = new ArrayList<>();
    for (Path file : files) {
      try {
        ConformanceCase read = CaseReader.read(file);
        read.requireKnown();
        cases.add(read);
      } catch (IOException | CaseException e) {
        unread.add(
            new Outcome(folder.relativize(file).toString(), "?", String.valueOf(e.getMessage())));
      }
    }
    return new CaseFiles(cases, unread);
  }
}
