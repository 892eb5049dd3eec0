package dev.larder.runners.direct;

import dev.larder.pipelines.command.Larder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A {@code larder} command as a process of its own, which can be killed. */
final class LarderProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration RUN_FOR = Duration.ofMinutes(20);

  /** Those of {@code bin/larder} for a JVM that lives for seconds. */
  private static final Path JVM_OPTIONS =
      Path.of(System.getProperty("larder.root"), "runner-profiles/direct/bin/short.jvm");

  private final Process process;
  private final Path log;

  private LarderProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it on the class path of this test.
   *
   * @param log what it prints
   */
  static LarderProcess start(Path log, String verb, List<String> options) throws IOException {
    return new LarderProcess(process(log, verb, options), log);
  }

  /**
   * Starts {@code larder stream}, which ends by itself after a while, should the test be killed.
   */
  static LarderProcess stream(Path log, List<String> options) throws IOException {
    return stream(log, options, RUN_FOR);
  }

  /** The same, which ends by itself after the given time. */
  static LarderProcess stream(Path log, List<String> options, Duration runFor) throws IOException {
    List<String> all = new ArrayList<>();
    if (options.stream().noneMatch(option -> option.startsWith("--trigger="))) {
      all.add("--trigger=INTERVAL");
    }
    all.addAll(List.of("--interval=PT0.5S", "--runFor=" + runFor));
    all.addAll(options);
    return new LarderProcess(process(log, "stream", all), log);
  }

  private static Process process(Path log, String verb, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + JVM_OPTIONS);
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Larder.class.getName(), verb));
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
        .start();
  }

  /** Waits until something holds. The process must not end before. */
  void await(String what, BooleanSupplier condition) {
    boolean[] holds = new boolean[1];
    awaitOrEnd(what, () -> holds[0] = condition.getAsBoolean());
    if (!holds[0]) {
      throw new IllegalStateException("it has ended: " + said());
    }
  }

  /** Waits until something holds; returns at once, too, when the process has ended. */
  boolean awaitOrEnd(String what, BooleanSupplier condition) {
    Awaitility.await()
        .alias(what + "; see " + log)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !process.isAlive() || condition.getAsBoolean());
    return process.isAlive();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. What runs is finished; returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** Waits for its end and returns the exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end; see " + log);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
