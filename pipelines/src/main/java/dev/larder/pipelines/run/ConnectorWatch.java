package dev.larder.pipelines.run;

import dev.larder.io.changes.LarderException;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.ConnectorState;
import dev.larder.io.kafka.connect.ConnectorStatus;
import dev.larder.io.kafka.connect.RestartPolicy;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.status.StreamFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the connectors while a stream runs: Connect leaves a failed task as it is, so that a
 * MySQL server that was away for a minute would stop the stream for ever. What has failed is
 * restarted, again and again with longer pauses, and said. On a thread of its own: a worker that
 * does not answer must not hold up the batches.
 */
final class ConnectorWatch implements AutoCloseable {
  static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final String CONNECT = "Connect";

  private final ConnectClient connect;
  private final List<String> names;
  private final StreamFigures figures;
  private final Console console;
  private final Map<String, RestartPolicy> policies = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "larder-connectors");
            daemon.setDaemon(true);
            return daemon;
          });
  private boolean isAway;

  ConnectorWatch(
      ConnectClient connect, List<String> names, StreamFigures figures, Console console) {
    this.connect = connect;
    this.names = names;
    this.figures = figures;
    this.console = console;
  }

  ConnectorWatch start() {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            () -> look(Instant.now()), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /** Looks at all connectors once. */
  void look(Instant now) {
    try {
      for (String name : names) {
        look(name, now);
      }
      if (isAway) {
        console.line("Kafka Connect answers again.");
      }
      isAway = false;
      figures.mended(CONNECT);
    } catch (LarderException e) {
      if (!isAway && !thread.isShutdown()) {
        console.line("%s The stream goes on with what Kafka has.", e.getMessage());
      }
      isAway = true;
      figures.problem(CONNECT, e.getMessage());
    }
  }

  private void look(String name, Instant now) {
    ConnectorStatus status = connect.status(name).orElse(null);
    RestartPolicy policy =
        policies.getOrDefault(name, RestartPolicy.of(FIRST_PAUSE, LONGEST_PAUSE));
    boolean runs = status != null && status.is(ConnectorState.RUNNING);
    figures.connector(name, runs);
    if (runs) {
      figures.mended(name);
      policies.put(name, policy.healthy(now));
      return;
    }
    policy = policy.unhealthy();
    if (status == null) {
      figures.problem(name, "connector " + name + " is not there");
    } else if (status.hasFailed()) {
      figures.problem(name, "connector " + name + " has failed: " + status.firstTraceLine());
      if (policy.allows(now)) {
        policy = policy.restarted(now);
        console.line(
            "Connector %s has failed (%s) and is restarted; the next attempt is %d s away.",
            name, status.firstTraceLine(), Duration.between(now, policy.notBefore()).toSeconds());
        connect.restart(name);
      }
    } else {
      figures.mended(name); // paused or stopped on purpose, or starting
    }
    policies.put(name, policy);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
