package dev.larder.io.delta.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two JVMs that commit to one table as fast as they can. */
public class TwoWritersIT {
  private static final int BATCHES = 200;
  private static final List<String> WRITERS = List.of("one", "two");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void nothingIsLostAndNothingIsDoubled() throws Exception {
    Path lake = folder.newFolder("lake").toPath();
    List<ChildJvm> writers = new ArrayList<>();
    try {
      for (String writer : WRITERS) {
        List<String> arguments = List.of(lake.toString(), writer, Integer.toString(BATCHES));
        writers.add(ChildJvm.start(folder.newFile(writer).toPath(), WriterLoop.class, arguments));
      }
      for (ChildJvm writer : writers) {
        writer.awaitSuccess(300);
      }
    } finally {
      writers.forEach(ChildJvm::close);
    }

    assertThat(
        WriterLoop.storedKeys(lake.toString()), is(WriterLoop.expectedKeys(WRITERS, BATCHES)));
    assertThat(versions(lake), is(Stream.iterate(0L, v -> v + 1).limit(2 * BATCHES).toList()));
  }

  private static List<Long> versions(Path lake) throws IOException {
    try (Stream<Path> log = Files.list(lake.resolve(WriterLoop.TABLE).resolve("_delta_log"))) {
      return log.map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{20}\\.json"))
          .map(name -> Long.valueOf(name.substring(0, 20)))
          .sorted()
          .toList();
    }
  }
}
