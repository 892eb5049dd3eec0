package dev.larder.io.kafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.kafka.debezium.WriterSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client of a schema registry: {@code GET /schemas/ids/ID} and, for schemas that refer to others,
 * {@code GET /subjects/NAME/versions/N}.
 *
 * <p><b>Cost</b>: one request for each id in the life of the process: a schema never changes under
 * its id. An id that the registry does not know is asked for again.
 *
 * <p><b>Errors</b>: no answer, status 429 and 500 and above are tried again for 30 s, then a {@link
 * dev.larder.io.changes.SourceException}; a refused login is one at once. An unknown id is none: it
 * is the record's fault.
 *
 * <p>Safe for threads.
 */
public final class RegistryClient implements WriterSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 5_000;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /** Of {@code error_code}: subject, version and schema not found. */
  private static final int FIRST_UNKNOWN = 40401;

  private static final int LAST_UNKNOWN = 40403;
  private static final Map<SchemaRegistry, RegistryClient> CLIENTS = new ConcurrentHashMap<>();

  private final SchemaRegistry registry;
  private final Duration patience;
  private final HttpClient http;
  private final Map<Integer, List<String>> schemas = new ConcurrentHashMap<>();

  RegistryClient(SchemaRegistry registry, Duration patience) {
    this.registry = registry;
    this.patience = patience;
    this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }

  /** This process's client of a registry. */
  public static RegistryClient of(SchemaRegistry registry) {
    return CLIENTS.computeIfAbsent(registry, any -> new RegistryClient(any, PATIENCE));
  }

  @Override
  public List<String> schema(int id) {
    List<String> known = schemas.get(id);
    if (known != null) {
      return known;
    }
    JsonNode answer = get("/schemas/ids/" + id).orElse(null);
    if (answer == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    addReferences(answer, texts);
    texts.add(answer.path("schema").asText());
    schemas.put(id, List.copyOf(texts));
    return schemas.get(id);
  }

  /** Adds the schemas that one refers to, each behind those that it refers to itself. */
  private void addReferences(JsonNode schema, List<String> texts) {
    for (JsonNode reference : schema.path("references")) {
      String path =
          "/subjects/"
              + URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8)
              + "/versions/"
              + reference.path("version").asInt();
      JsonNode referred =
          get(path).orElseThrow(() -> RegistryErrors.refused(registry.url() + path, NOT_FOUND));
      addReferences(referred, texts);
      String text = referred.path("schema").asText();
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }
  }

  /** The answer; empty if the registry says that it does not have what was asked for. */
  private Optional<JsonNode> get(String path) {
    String url = registry.url() + path;
    HttpRequest request = request(url);
    long end = System.nanoTime() + patience.toNanos();
    long wait = FIRST_PAUSE_MS;
    while (true) {
      String last;
      Exception cause = null;
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        int status = answer.statusCode();
        if (status == OK) {
          return Optional.of(schemaIn(answer.body(), url));
        }
        if (status == NOT_FOUND && isUnknown(answer.body())) {
          return Optional.empty();
        }
        if (status != TOO_MANY && status < SERVER_ERROR) {
          throw RegistryErrors.refused(url, status);
        }
        last = "status " + status;
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
        cause = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw RegistryErrors.unreachable(url, patience, "interrupted", e);
      }
      if (System.nanoTime() + wait * 1_000_000 > end) {
        throw RegistryErrors.unreachable(url, patience, last, cause);
      }
      pause(url, wait);
      wait = Math.min(LONGEST_PAUSE_MS, 2 * wait);
    }
  }

  private void pause(String url, long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RegistryErrors.unreachable(url, patience, "interrupted", e);
    }
  }

  private HttpRequest request(String url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(REQUEST_TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (registry.secret() != null) {
      String secret = registry.secret().resolve();
      request.header(
          "Authorization",
          registry.user() == null
              ? "Bearer " + secret
              : "Basic "
                  + Base64.getEncoder()
                      .encodeToString(
                          (registry.user() + ":" + secret).getBytes(StandardCharsets.UTF_8)));
    }
    return request.build();
  }

  private static JsonNode schemaIn(String body, String url) {
    try {
      JsonNode answer = JSON.readTree(body);
      if (answer.path("schema").isTextual()) {
        return answer;
      }
    } catch (JsonProcessingException e) {
      throw RegistryErrors.unreadable(url);
    }
    throw RegistryErrors.unreadable(url);
  }

  private static boolean isUnknown(String body) {
    try {
      int code = JSON.readTree(body).path("error_code").asInt();
      return code >= FIRST_UNKNOWN && code <= LAST_UNKNOWN;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
