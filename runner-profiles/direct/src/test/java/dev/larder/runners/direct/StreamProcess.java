package dev.larder.runners.direct;

import dev.larder.pipelines.command.Larder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** {@code larder stream} as a process of its own, which can be killed. */
final class StreamProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration RUN_FOR = Duration.ofMinutes(3);

  private final Process process;
  private final Path log;

  private StreamProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it on the class path of this test.
   *
   * @param log what it prints
   */
  static StreamProcess start(Path log, List<String> options) throws IOException {
    return start(log, options, RUN_FOR);
  }

  /**
   * The same.
   *
   * @param runFor after which it ends by itself, should the test be killed
   */
  static StreamProcess start(Path log, List<String> options, Duration runFor) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Larder.class.getName(), "stream"));
    if (options.stream().noneMatch(option -> option.startsWith("--trigger="))) {
      command.add("--trigger=INTERVAL");
    }
    command.addAll(List.of("--interval=PT0.5S", "--runFor=" + runFor));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    return new StreamProcess(process, log);
  }

  /** Waits until something holds. */
  void await(String what, BooleanSupplier condition) {
    Awaitility.await()
        .alias(what + "; see " + log)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("the stream has ended: " + said());
              }
              return condition.getAsBoolean();
            });
  }

  boolean isAlive() {
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

  /** SIGTERM. The running batch is finished. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
