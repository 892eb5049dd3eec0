package dev.larder.testdata.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Serves the schemas of {@link ConnectAvro} as a registry does: {@code GET /schemas/ids/ID}. */
public final class RegistryServer implements AutoCloseable {
  private static final String PATH = "/schemas/ids/";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;

  private RegistryServer(HttpServer server) {
    this.server = server;
  }

  /** Serves on the loopback interface until it is closed. */
  public static RegistryServer of(ConnectAvro schemas) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        PATH,
        exchange -> {
          String id = exchange.getRequestURI().getPath().substring(PATH.length());
          List<String> known = schemas.schema(Integer.parseInt(id));
          Map<String, ?> answer =
              known.isEmpty()
                  ? Map.of("error_code", 40403, "message", "Schema " + id + " not found")
                  : Map.of("schema", known.get(0));
          byte[] body =
              new ObjectMapper().writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known.isEmpty() ? NOT_FOUND : OK, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return new RegistryServer(server);
  }

  /** Its address, as {@code --schemaRegistry} takes it. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
