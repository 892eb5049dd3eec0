package dev.larder.io.delta.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An object store that keeps which call wrote an object, and no contents; it goes wrong on purpose.
 */
final class BrokenS3 implements AutoCloseable {

  /** What happens to a conditional PUT. */
  enum Put {
    /** It is carried out, or refused with 412 if the object is there. */
    RIGHT,
    /** It is carried out, and the connection breaks before the answer. */
    WRITTEN_AND_ANSWER_LOST,
    /** The connection breaks. */
    LOST,
    /** 409: another is under way. */
    CONFLICT,
    /** It is carried out although the object is there. */
    OVERWRITES
  }

  private final HttpServer server;
  private final Map<String, String> writers = new ConcurrentHashMap<>();
  private final Deque<Put> script = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();

  BrokenS3() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What happens to the next conditional PUTs; then all goes right. */
  synchronized void next(Put... puts) {
    script.addAll(List.of(puts));
  }

  /** Methods and keys of all requests so far, probes left out. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String key = exchange.getRequestURI().getPath();
    if (!key.contains("/probe-")) {
      requests.add(exchange.getRequestMethod() + " " + key);
    }
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, key);
      case "HEAD" -> head(exchange, key);
      case "DELETE" -> {
        writers.remove(key);
        answer(exchange, 204);
      }
      default -> answer(exchange, 501);
    }
  }

  private void put(HttpExchange exchange, String key) throws IOException {
    boolean conditional = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    boolean probe = key.contains("/probe-");
    Put put = Put.RIGHT;
    if (conditional && !script.isEmpty() && (!probe || script.peek() == Put.OVERWRITES)) {
      put = script.remove();
    }
    String writer = exchange.getRequestHeaders().getFirst("x-amz-meta-larder-writer");
    if (put == Put.CONFLICT) {
      answer(exchange, 409);
    } else if (put == Put.LOST) {
      exchange.close();
    } else if (conditional && put != Put.OVERWRITES && writers.containsKey(key)) {
      answer(exchange, 412);
    } else {
      writers.put(key, writer == null ? "" : writer);
      if (put == Put.WRITTEN_AND_ANSWER_LOST) {
        exchange.close();
      } else {
        answer(exchange, 200);
      }
    }
  }

  private void head(HttpExchange exchange, String key) throws IOException {
    String writer = writers.get(key);
    if (writer != null) {
      exchange.getResponseHeaders().add("x-amz-meta-larder-writer", writer);
    }
    answer(exchange, writer == null ? 404 : 200);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
