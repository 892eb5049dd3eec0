package dev.larder.testdata.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of the sandbox: a process that can be stopped, killed and started again on the same
 * ports with the same data.
 *
 * <p><b>Errors:</b> a server that ends or does not answer in time while it starts is a {@link
 * dev.larder.io.changes.SourceException} with the end of its log.
 */
public abstract class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration POLL = Duration.ofMillis(50);

  private final String name;
  private final Path directory;
  private volatile boolean givenUp;
  private GuardedProcess process;
  private Duration startTime = Duration.ZERO;

  Service(String name, Path directory) {
    this.name = name;
    this.directory = directory;
  }

  /** What the server is called in messages: {@code MySQL pos}, {@code Kafka}. */
  public final String name() {
    return name;
  }

  /** Where the server keeps its data, settings and log. */
  public final Path directory() {
    return directory;
  }

  /** The file to which the server logs. */
  public final Path log() {
    return directory.resolve("server.log");
  }

  /** The process id of the server, of the last one if it is not running. */
  public final synchronized long pid() {
    return process.pid();
  }

  public final synchronized boolean isRunning() {
    return process != null && process.isRunning();
  }

  /** How long the last start took, from the command to the first answer. */
  public final synchronized Duration startTime() {
    return startTime;
  }

  /**
   * Starts the server and returns when it answers its clients. Does nothing if it is running.
   *
   * @throws dev.larder.io.changes.SourceException if it does not
   */
  public final synchronized void start() {
    if (isRunning()) {
      return;
    }
    long from = System.nanoTime();
    try {
      Files.createDirectories(directory);
      process = GuardedProcess.start(directory, log(), grace(), command());
      awaitReady(System.nanoTime());
    } catch (IOException e) {
      throw ServiceErrors.notStarted(name, directory, e);
    }
    startTime = Duration.ofNanos(System.nanoTime() - from);
    LOG.info("{} is ready after {} ms, process {}", name, startTime.toMillis(), process.pid());
  }

  /** Stops the server orderly and waits until it is gone. Does nothing if it is not running. */
  public final synchronized void stop() {
    endBy(GuardedProcess::stop);
  }

  /** Ends the server as {@code kill -9} does. Does nothing if it is not running. */
  public final synchronized void kill9() {
    endBy(GuardedProcess::kill);
  }

  /** Stops the server if it is running, and starts it on the same ports with the same data. */
  public final synchronized void restart() {
    stop();
    start();
  }

  /** Writes what the server needs to start, and says how to start it. */
  abstract List<String> command() throws IOException;

  /** Whether the server answers a question of its own protocol as a ready one does. */
  abstract boolean answers();

  /**
   * How long the server may take to answer from when its process runs. A server that cannot start
   * ends, and that is seen at once: this is for a machine that is slow.
   */
  Duration limit() {
    return Duration.ofMinutes(5);
  }

  /** How long the server may take to stop before it is killed. */
  Duration grace() {
    return Duration.ofSeconds(60);
  }

  /** Gives the ports back; the server is not started again. */
  abstract void release();

  /** Ends a start that is going on in another thread, and allows no other. */
  final void giveUp() {
    givenUp = true;
  }

  private void awaitReady(long from) throws IOException {
    while (!answers()) {
      if (givenUp) {
        process.kill();
        throw new IOException("the sandbox is being closed");
      }
      if (process.awaitEnd(POLL)) {
        throw ServiceErrors.ended(name, process.exitCode(), log());
      }
      if (System.nanoTime() - from > limit().toNanos()) {
        process.kill();
        throw ServiceErrors.notReady(name, limit(), log());
      }
    }
  }

  private void endBy(End end) {
    if (!isRunning()) {
      return;
    }
    try {
      end.of(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface End {
    void of(GuardedProcess process) throws IOException;
  }
}
