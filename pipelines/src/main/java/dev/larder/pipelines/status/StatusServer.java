package dev.larder.pipelines.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code GET /metrics} for Prometheus and {@code GET /health} (200 or 503) of a running stream, on
 * all addresses of this machine, without authentication: figures and names of topics only.
 */
public final class StatusServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int NOT_ALLOWED = 405;

  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "larder-status");
            daemon.setDaemon(true);
            return daemon;
          });

  private StatusServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   * @param silence see {@link Health#of}
   * @throws UserException if the port is taken
   */
  public static StatusServer start(int port, StreamFigures figures, Duration silence) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "--metricsPort=" + port + " cannot be listened on: " + e.getMessage() + ".", e);
    }
    StatusServer status = new StatusServer(server);
    server.setExecutor(status.thread);
    server.createContext(
        "/metrics",
        exchange ->
            answer(
                exchange,
                OK,
                PrometheusText.CONTENT_TYPE,
                PrometheusText.of(figures.view(Instant.now()))));
    server.createContext(
        "/health",
        exchange -> {
          Instant now = Instant.now();
          Health health = Health.of(figures.view(now), now, silence);
          int code = health.isWell() ? OK : UNAVAILABLE;
          answer(exchange, code, "application/json", health.json());
        });
    server.start();
    return status;
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
        return;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
