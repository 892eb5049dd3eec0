package dev.larder.testdata.services;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that cannot outlive this JVM. Between the two stands {@code guardian.sh}, whose
 * standard input is a pipe that only this JVM holds open: however the JVM ends, the system closes
 * it, and the guardian ends the process (TERM, then KILL). The guardian lives in a session of its
 * own where {@code setsid} exists, so that neither Ctrl-C nor a kill of the JVM's process group
 * reaches it.
 */
final class GuardedProcess {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** How much longer than the guardian's grace a stop may take before its kill is repeated here. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Process guardian;
  private final long pid;
  private final Duration grace;

  private GuardedProcess(Process guardian, long pid, Duration grace) {
    this.guardian = guardian;
    this.pid = pid;
    this.grace = grace;
  }

  /**
   * Starts a command.
   *
   * @param directory the command's working directory, which exists; the guardian is put there too
   * @param log where the command's output is appended
   * @param grace how long the command has from TERM to KILL, in whole seconds
   */
  static GuardedProcess start(Path directory, Path log, Duration grace, List<String> command)
      throws IOException {
    List<String> guarded = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      guarded.add(SETSID.toString());
    }
    guarded.add(SHELL.toString());
    guarded.add(script(directory).toString());
    guarded.add(Long.toString(grace.toSeconds()));
    guarded.add(log.toString());
    guarded.addAll(command);
    Process guardian =
        new ProcessBuilder(guarded)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader says =
        new BufferedReader(
            new InputStreamReader(guardian.getInputStream(), StandardCharsets.UTF_8));
    String pid = says.readLine();
    if (pid == null) {
      throw new IOException("the guardian ended before it started " + command.get(0));
    }
    return new GuardedProcess(guardian, Long.parseLong(pid), grace);
  }

  /** The process id of the command itself, not of its guardian. */
  long pid() {
    return pid;
  }

  boolean isRunning() {
    return guardian.isAlive();
  }

  /** The exit code of an ended process; 128 plus the signal's number if a signal ended it. */
  int exitCode() {
    return guardian.exitValue();
  }

  /** Waits until the process has ended or the time is over; true if it has ended. */
  boolean awaitEnd(Duration atMost) throws InterruptedIOException {
    try {
      return guardian.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while process " + pid + " was running");
    }
  }

  /** Asks the process to end and waits until it has ended, by force once its grace is over. */
  void stop() throws IOException {
    guardian.getOutputStream().close();
    if (!awaitEnd(grace.plus(MARGIN))) {
      kill();
    }
  }

  /** Ends the process at once, as {@code kill -9} does, and waits until it is gone. */
  void kill() throws IOException {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    if (!awaitEnd(MARGIN)) {
      guardian.destroyForcibly();
      awaitEnd(MARGIN);
    }
  }

  private static Path script(Path directory) throws IOException {
    Path script = directory.resolve("guardian.sh");
    try (InputStream resource = GuardedProcess.class.getResourceAsStream("guardian.sh")) {
      Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return script;
  }
}
