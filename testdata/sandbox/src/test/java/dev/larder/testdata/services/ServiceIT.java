package dev.larder.testdata.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What becomes of a server that does not start, or does not end, as it should. */
public class ServiceIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path root;

  @Before
  public void needsLinux() throws Exception {
    TestPlatform.assumeSupported();
    root = folder.getRoot().toPath().toRealPath();
  }

  @After
  public void nothingIsLeft() {
    assertThat(Processes.mentioning(root), is(empty()));
  }

  @Test
  public void errorOfAServerThatEndsShowsTheEndOfItsLog() {
    Service broken = new Script(root, "echo no disk; exit 3", Duration.ofMinutes(2));

    SourceException e = assertThrows(SourceException.class, broken::start);

    assertThat(
        e.getMessage(),
        is(
            "Script ended with exit code 3 instead of getting ready. The end of "
                + root
                + "/server.log:\n  no disk"));
  }

  @Test
  public void errorOfAServerThatDoesNotAnswerShowsTheEndOfItsLog() {
    Service silent = new Script(root, "echo waiting; exec sleep 60", Duration.ofSeconds(1));

    SourceException e = assertThrows(SourceException.class, silent::start);

    assertThat(
        e.getMessage(),
        is("Script was not ready after 1 s. The end of " + root + "/server.log:\n  waiting"));
  }

  @Test
  public void serverThatDoesNotHeedTermIsKilled() throws Exception {
    Service deaf =
        new Script(
            root, "trap '' TERM; touch ready; while :; do sleep 0.1; done", Duration.ofMinutes(2));
    deaf.start();

    deaf.stop();

    assertThat(deaf.isRunning(), is(false));
    assertThat(Processes.isAlive(deaf.pid()), is(false));
  }

  @Test
  public void oneServerThatDoesNotStartEndsTheOthersToo() {
    Services.Builder builder =
        Services.in(root)
            .withMySql(MySqlSetup.named("pos").withFlag("--no-such-flag"))
            .withConnect();

    SourceException e = assertThrows(SourceException.class, builder::start);

    assertThat(
        e.getMessage(),
        startsWith(
            "MySQL pos ended with exit code 1 instead of getting ready. The end of "
                + root
                + "/mysql-pos/server.log:\n"));
    assertThat(e.getMessage(), containsString("unknown option '--no-such-flag'"));
  }

  /** A server made of a shell script, which answers once there is a file named ready. */
  private static final class Script extends Service {
    private final String script;
    private final Duration limit;

    Script(Path directory, String script, Duration limit) {
      super("Script", directory);
      this.script = script;
      this.limit = limit;
    }

    @Override
    List<String> command() {
      return List.of("/bin/sh", "-c", script);
    }

    @Override
    boolean answers() {
      return Files.exists(directory().resolve("ready"));
    }

    /** Not before it has said something: a busy machine may need a second to start a shell. */
    @Override
    Duration limit() {
      return log().toFile().length() == 0 ? Duration.ofMinutes(2) : limit;
    }

    @Override
    Duration grace() {
      return Duration.ofSeconds(1);
    }

    @Override
    void release() {}
  }
}
