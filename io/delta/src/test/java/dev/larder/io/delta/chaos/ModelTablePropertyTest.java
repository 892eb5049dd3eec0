package dev.larder.io.delta.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is done to a table, by us and by others, each version that is retained reads as the
 * model says. {@code -Dlarder.model.repeat} runs so many random tables for each sequence.
 */
class ModelTablePropertyTest {
  private static final int REPEAT = Integer.getInteger("larder.model.repeat", 1);

  @Provide
  Arbitrary<List<TableDeed>> deeds() {
    return Combinators.combine(
            Arbitraries.of(TableDeed.Kind.class), Arbitraries.integers().between(0, 999))
        .as(TableDeed::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }

  @Property(tries = 60)
  void everyRetainedVersionReadsAsTheModelSays(
      @ForAll("deeds") List<TableDeed> deeds, @ForAll int seed) throws IOException {
    for (int i = 0; i < REPEAT; i++) {
      Path folder = Files.createTempDirectory("model");
      try {
        ModelledTable table = new ModelledTable(folder, seed + i);
        for (TableDeed deed : deeds) {
          table.run(deed);
        }
        table.checkVersions();
      } finally {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
