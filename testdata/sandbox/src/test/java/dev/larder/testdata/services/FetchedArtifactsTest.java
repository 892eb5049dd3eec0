package dev.larder.testdata.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FetchedArtifactsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path root;

  @Before
  public void resolveLinks() throws IOException {
    root = folder.getRoot().toPath().toRealPath();
  }

  @Test
  public void findsTheProjectFromAFolderInside() throws IOException {
    Path jar = Files.createFile(root.resolve("server.jar"));
    Path inside = Files.createDirectories(root.resolve("pipelines").resolve("src"));
    write("pom.xml", "<project/>");
    write("mysql/target/mysql.classpath", jar + "\n");

    FetchedArtifacts found = FetchedArtifacts.findFrom(inside);

    assertThat(found.mySqlJar(), is(jar));
    assertThat(found.cache(), is(root.resolve("target").resolve("larder-services")));
  }

  @Test
  public void saysThatThisIsNotTheProject() {
    UserException e = assertThrows(UserException.class, () -> FetchedArtifacts.findFrom(root));

    assertThat(
        e.getMessage(),
        is(
            "The sandbox's servers are fetched by Larder's own build, and neither "
                + root
                + " nor a folder above it holds testdata/services.\n"
                + "Run from inside the project, or set the system property larder.root to its"
                + " root."));
  }

  @Test
  public void saysHowToFetchWhatIsMissing() throws IOException {
    write("pom.xml", "<project/>");

    UserException e =
        assertThrows(UserException.class, () -> FetchedArtifacts.findFrom(root).kafkaClassPath());

    assertThat(
        e.getMessage(),
        is(
            "The sandbox's servers have not been fetched: "
                + root
                + "/testdata/services/kafka/target/kafka.classpath is missing.\n"
                + "Run \"mvn test-compile\" in the project's root."));
  }

  @Test
  public void saysHowToFetchAgainWhatIsGone() throws IOException {
    write("pom.xml", "<project/>");
    write("mysql/target/mysql.classpath", "/gone/server.jar");

    UserException e =
        assertThrows(UserException.class, () -> FetchedArtifacts.findFrom(root).mySqlJar());

    assertThat(
        e.getMessage(),
        is(
            root
                + "/testdata/services/mysql/target/mysql.classpath names /gone/server.jar, which is"
                + " no longer there.\n"
                + "Run \"mvn test-compile\" in the project's root to fetch it again."));
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve("testdata").resolve("services").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
