package dev.larder.io.jdbc;

import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The brake of one source in this process: one thread asks the server twice a second how much it
 * has to do, and readers pause between two fetches while it is above a limit. If rows are limited,
 * readers also wait for their turn of a {@link RowPace} that all of them share.
 *
 * <p>A reader that pauses keeps its connection and its view of the data: the server only waits for
 * it to take more rows ({@code net_write_timeout}, an hour, is longer than a pause should be).
 *
 * <p>Safe for threads.
 */
final class SourceBrake {
  private static final Logger LOG = LoggerFactory.getLogger(SourceBrake.class);
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Map<Key, SourceBrake> BRAKES = new ConcurrentHashMap<>();

  private record Key(Source source, BrakeLimits limits) {}

  private final Source source;
  private final BrakeLimits limits;
  private final RowPace pace;
  private int readers;
  private boolean watching;
  private volatile boolean pressed;

  private SourceBrake(Source source, BrakeLimits limits) {
    this.source = source;
    this.limits = limits;
    this.pace = limits.maxRowsPerSecond() == 0 ? null : new RowPace(limits.maxRowsPerSecond());
  }

  /** The brake that all readers of a source share. */
  static SourceBrake of(Source source, BrakeLimits limits) {
    return BRAKES.computeIfAbsent(
        new Key(source, limits), key -> new SourceBrake(key.source(), key.limits()));
  }

  /**
   * Asks the server once, to know early that it can be asked.
   *
   * @throws SourceException if the user may not, or the server is no replica
   */
  static void check(Source source, BrakeLimits limits) {
    if (!limits.watches()) {
      return;
    }
    try (Connection connection = Connections.open(source)) {
      SourceLoad.of(source, connection, limits);
    } catch (SQLException e) {
      throw JdbcErrors.noLoad(source, e);
    }
  }

  /** A reader begins: the server is watched from now on, and was looked at once. */
  void enter() {
    if (!limits.watches()) {
      return;
    }
    synchronized (this) {
      readers++;
      if (!watching) {
        watching = true;
        pressed = true; // until the first look
        Thread thread = new Thread(this::watch, "larder-brake-" + source.name());
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  /** A reader ends. */
  synchronized void exit() {
    if (limits.watches()) {
      readers--;
      notifyAll();
    }
  }

  /**
   * Waits while the server has too much to do, and then for the turn of some rows. Costs nothing
   * else.
   *
   * @param rows that are to be read next
   * @return milliseconds that the server had too much to do
   */
  long await(int rows) throws InterruptedException {
    long paused = pressed ? awaitCalm() : 0;
    if (pace != null) {
      TimeUnit.NANOSECONDS.sleep(pace.turn(rows, System.nanoTime()));
    }
    return paused;
  }

  private long awaitCalm() throws InterruptedException {
    long began = System.nanoTime();
    synchronized (this) {
      while (pressed) {
        wait();
      }
    }
    return (System.nanoTime() - began) / 1_000_000;
  }

  private void watch() {
    Connection connection = null;
    do {
      try {
        if (connection == null) {
          connection = Connections.open(source);
        }
        press(SourceLoad.of(source, connection, limits).above(limits));
      } catch (SQLException | SourceException e) {
        // Readers find out by themselves that the server is away; here it is asked anew.
        LOG.warn("Source {} does not tell its load: {}", source.name(), JdbcErrors.plain(e));
        close(connection);
        connection = null;
        press(Optional.empty());
      }
    } while (isWantedAfterPause());
    close(connection);
  }

  /** Waits for the next look; false as soon as nobody reads any more. */
  private synchronized boolean isWantedAfterPause() {
    try {
      long end = System.nanoTime() + STEP.toNanos();
      long rest = STEP.toMillis();
      while (readers > 0 && rest > 0) {
        wait(rest);
        rest = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      readers = 0;
    }
    watching = readers > 0;
    if (!watching) {
      pressed = false;
      notifyAll();
    }
    return watching;
  }

  private synchronized void press(Optional<String> reason) {
    if (reason.isPresent() != pressed) {
      LOG.info(
          "Reading of {} {}", source.name(), reason.map(why -> "pauses: " + why).orElse("goes on"));
    }
    pressed = reason.isPresent();
    notifyAll();
  }

  private static void close(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("Closing the connection of a brake failed", e);
    }
  }
}
