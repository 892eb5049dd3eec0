package dev.larder.testdata.services;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assume.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** However the JVM that started a sandbox ends, nothing of the sandbox is left. */
public class ParentEndsIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Process parent;

  @Before
  public void needsLinux() {
    TestPlatform.assumeSupported();
  }

  @After
  public void endParent() {
    if (parent != null) {
      parent.destroyForcibly();
    }
  }

  @Test
  public void nothingIsLeftAfterTheParentIsKilled() throws Exception {
    startParent();

    signal("KILL", Long.toString(parent.pid()));

    assertNothingIsLeft();
    assertThat(mySqlLog(), containsString("Shutdown complete"));
  }

  @Test
  public void nothingIsLeftAfterTheParentsProcessGroupIsKilled() throws Exception {
    startParent();

    signal("KILL", "-" + parent.pid());

    assertNothingIsLeft();
  }

  @Test
  public void ctrlCStopsTheServersOrderly() throws Exception {
    assumeThat(
        "a program in the background of a script ignores Ctrl-C, and so do its children",
        ignoresInterrupt(),
        is(false));

    stopsOrderly("INT", 130);
  }

  @Test
  public void aRequestToEndStopsTheServersOrderly() throws Exception {
    stopsOrderly("TERM", 143);
  }

  private void stopsOrderly(String signal, int exitCode) throws Exception {
    startParent();

    signal(signal, "-" + parent.pid());

    assertThat(parent.waitFor(5, TimeUnit.MINUTES), is(true));
    assertThat(parent.exitValue(), is(exitCode));
    assertThat(Processes.mentioning(folder.getRoot().toPath()), is(empty()));
    assertThat(mySqlLog(), containsString("Shutdown complete"));
  }

  /** SIGINT is the second signal: bit 1 of the mask that the kernel shows. */
  private static boolean ignoresInterrupt() throws IOException {
    String mask =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(mask, 16) & 0b10) != 0;
  }

  /** As the leader of a process group, like a program that a terminal starts. */
  private void startParent() throws IOException {
    parent =
        ParentMain.command(Path.of(System.getProperty("larder.root")), folder.getRoot().toPath())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader says = parent.inputReader();
    assertThat(says.readLine(), is("started 2"));
    // The parent, and a guardian (its watching half is a copy) and a server for each service.
    assertThat(Processes.mentioning(folder.getRoot().toPath()), hasSize(1 + 2 * 3));
  }

  private void assertNothingIsLeft() {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () -> assertThat(Processes.mentioning(folder.getRoot().toPath()), is(empty())));
  }

  private String mySqlLog() throws IOException {
    return Files.readString(folder.getRoot().toPath().resolve(Path.of("mysql-pos", "server.log")));
  }

  private static void signal(String name, String goal) throws Exception {
    Process kill =
        new ProcessBuilder(List.of("/bin/sh", "-c", "kill -s " + name + " -- " + goal))
            .inheritIO()
            .start();
    assertThat(kill.waitFor(), is(0));
  }
}
