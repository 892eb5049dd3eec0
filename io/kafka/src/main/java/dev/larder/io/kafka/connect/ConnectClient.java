package dev.larder.io.kafka.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.SourceException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A client of Kafka Connect's REST interface, Kafka 3.7 and newer.
 *
 * <p>To start a connector at a known place in the binlog: {@link #createStopped}, {@link
 * #seedOffset}, {@link #resume}. Exactly the later changes arrive.
 *
 * <p><b>Errors</b>: every refusal is a {@link SourceException} with method, address, status,
 * Connect's own message and what to do. Configurations, which may hold a password, are never logged
 * and never part of a message.
 */
public final class ConnectClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Connect itself answers a request that waits for a rebalance after 90 s. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(95);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final Duration CONFLICT_PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_MESSAGE = 2_000;

  private final String url;
  private final HttpClient http;

  private ConnectClient(String url) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }

  /**
   * A client of the worker at this address.
   *
   * @param url {@code http://host:8083}
   */
  public static ConnectClient at(String url) {
    return new ConnectClient(url);
  }

  /**
   * Waits until the worker lists its connectors: it answers 404 and worse while it starts.
   *
   * @throws dev.larder.io.changes.NotReadyException if it does not in time
   */
  public void awaitReady(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    String last;
    do {
      try {
        Answer answer = send("GET", "/connectors", null);
        if (answer.status() == 200) {
          return;
        }
        last = "it answered " + answer.status();
      } catch (SourceException e) {
        last = "no connection";
      }
      pause();
    } while (System.nanoTime() < end);
    throw ConnectErrors.notReady(url, patience, last);
  }

  /** Class names of the connector plugins that the worker has. */
  public List<String> plugins() {
    TreeSet<String> classes = new TreeSet<>();
    call("GET", "/connector-plugins", null).forEach(p -> classes.add(p.path("class").asText()));
    return List.copyOf(classes);
  }

  /**
   * @throws SourceException if the worker does not have this plugin; the message lists those it has
   */
  public void requirePlugin(String connectorClass) {
    List<String> known = plugins();
    if (!known.contains(connectorClass)) {
      throw ConnectErrors.noPlugin(url, connectorClass, known);
    }
  }

  /** The worker's version: {@code 3.9.2}. */
  public String version() {
    return call("GET", "/", null).path("version").asText();
  }

  /**
   * What a worker says against a configuration before it is used: it connects to the database, and
   * knows whether it can write exactly once.
   *
   * @return {@code setting: what is wrong}; empty if all is well
   */
  public List<String> validate(String name, Map<String, String> config) {
    ObjectNode body = JSON.createObjectNode().put("name", name);
    config.forEach(body::put);
    String plugin = config.get("connector.class");
    String path =
        "/connector-plugins/" + plugin.substring(plugin.lastIndexOf('.') + 1) + "/config/validate";
    List<String> errors = new ArrayList<>();
    for (JsonNode setting : call("PUT", path, body).path("configs")) {
      JsonNode value = setting.path("value");
      value
          .path("errors")
          .forEach(error -> errors.add(value.path("name").asText() + ": " + error.asText()));
    }
    return errors;
  }

  /** The configuration of a connector, as it was given; secrets that were given are in it. */
  public Optional<Map<String, String>> config(String name) {
    return find(path(name) + "/config")
        .map(
            body -> {
              Map<String, String> config = new TreeMap<>();
              body.properties().forEach(s -> config.put(s.getKey(), s.getValue().asText()));
              return config;
            });
  }

  /** Class names and versions of the plugins. */
  public Map<String, String> pluginVersions() {
    Map<String, String> versions = new TreeMap<>();
    call("GET", "/connector-plugins", null)
        .forEach(p -> versions.put(p.path("class").asText(), p.path("version").asText()));
    return versions;
  }

  /** Names of the connectors. */
  public List<String> connectors() {
    List<String> names = new ArrayList<>();
    call("GET", "/connectors", null).forEach(name -> names.add(name.asText()));
    names.sort(null);
    return names;
  }

  /** Creates a connector that does not run yet. */
  public void createStopped(String name, Map<String, String> config) {
    ObjectNode body = JSON.createObjectNode();
    body.put("name", name);
    body.put("initial_state", ConnectorState.STOPPED.name());
    config.forEach(body.putObject("config")::put);
    call("POST", "/connectors", body);
  }

  /** Creates a running connector, or changes the configuration of the one that is there. */
  public void createOrUpdate(String name, Map<String, String> config) {
    ObjectNode body = JSON.createObjectNode();
    config.forEach(body::put);
    call("PUT", path(name) + "/config", body);
  }

  /**
   * Says where a stopped connector is to go on, in place of what it knew.
   *
   * @param offset see {@link DebeziumConnector#offset}
   */
  public void seedOffset(String name, SourceOffset offset) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("offsets").add(offset.toJson());
    call("PATCH", path(name) + "/offsets", body);
  }

  /** Where a connector stands; empty before its first record. */
  public List<SourceOffset> offsets(String name) {
    List<SourceOffset> offsets = new ArrayList<>();
    call("GET", path(name) + "/offsets", null)
        .path("offsets")
        .forEach(offset -> offsets.add(SourceOffset.fromJson(offset)));
    return offsets;
  }

  public void resume(String name) {
    call("PUT", path(name) + "/resume", null);
  }

  public void pause(String name) {
    call("PUT", path(name) + "/pause", null);
  }

  public void stop(String name) {
    call("PUT", path(name) + "/stop", null);
  }

  /** Starts a failed connector and its failed tasks again. */
  public void restart(String name) {
    call("POST", path(name) + "/restart?includeTasks=true&onlyFailed=true", null);
  }

  /** Removes a connector, its offsets stay; does nothing if there is none of this name. */
  public void delete(String name) {
    if (find(path(name)).isPresent()) {
      call("DELETE", path(name), null);
    }
  }

  /** The state of a connector, or nothing if there is none of this name. */
  public Optional<ConnectorStatus> status(String name) {
    return find(path(name) + "/status").map(body -> status(name, body));
  }

  /**
   * Waits until a connector and its tasks are in a state.
   *
   * @throws SourceException at once if it fails; the message has the cause
   * @throws dev.larder.io.changes.NotReadyException if it is not in time
   */
  public void await(String name, ConnectorState state, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    ConnectorStatus none = new ConnectorStatus(name, ConnectorState.UNASSIGNED, "", List.of());
    ConnectorStatus status;
    do {
      status = status(name).orElse(none);
      if (status.hasFailed()) {
        throw ConnectErrors.failed(name, status);
      }
      if (status.is(state)) {
        return;
      }
      pause();
    } while (System.nanoTime() < end);
    throw ConnectErrors.notInState(name, state, status, patience);
  }

  private static ConnectorStatus status(String name, JsonNode body) {
    List<ConnectorStatus.Task> tasks = new ArrayList<>();
    for (JsonNode task : body.path("tasks")) {
      tasks.add(
          new ConnectorStatus.Task(
              task.path("id").asInt(),
              state(task.path("state").asText()),
              task.path("trace").asText("")));
    }
    JsonNode connector = body.path("connector");
    return new ConnectorStatus(
        name, state(connector.path("state").asText()), connector.path("trace").asText(""), tasks);
  }

  private static ConnectorState state(String text) {
    for (ConnectorState state : ConnectorState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    return ConnectorState.UNASSIGNED;
  }

  private static String path(String name) {
    return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Optional<JsonNode> find(String path) {
    Answer answer = answer("GET", path, null);
    return answer.status() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(checked("GET", path, answer));
  }

  private JsonNode call(String method, String path, JsonNode body) {
    return checked(method, path, answer(method, path, body));
  }

  /** Repeats what a rebalance refuses: that passes by itself, when a lost worker's time is over. */
  private Answer answer(String method, String path, JsonNode body) {
    long end = System.nanoTime() + CONFLICT_PATIENCE.toNanos();
    Answer answer = send(method, path, body);
    while (isForTheMoment(answer) && System.nanoTime() < end) {
      pause();
      answer = send(method, path, body);
    }
    return answer;
  }

  /**
   * A worker between two assignments, or one that has just taken a change to a connector, says so
   * in several ways, not all of which speak of a rebalance; a name that is taken is told from them.
   */
  private static boolean isForTheMoment(Answer answer) {
    return answer.status() == CONFLICT && !answer.body().contains("already exists");
  }

  private JsonNode checked(String method, String path, Answer answer) {
    if (answer.status() >= 300) {
      throw ConnectErrors.refused(request(method, path), answer.status(), message(answer.body()));
    }
    try {
      return answer.body().isBlank() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw ConnectErrors.unreadable(request(method, path), "no JSON");
    }
  }

  private static String message(String body) {
    String message;
    try {
      message = JSON.readTree(body).path("message").asText("");
    } catch (JsonProcessingException e) {
      message = "";
    }
    return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
  }

  private record Answer(int status, String body) {}

  private Answer send(String method, String path, JsonNode body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + path))
              .timeout(REQUEST_TIMEOUT)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json")
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException | IllegalArgumentException e) {
      throw ConnectErrors.unreachable(request(method, path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectErrors.unreachable(request(method, path), e);
    }
  }

  private String request(String method, String path) {
    return method + " " + url + path;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectErrors.unreachable("waiting", e);
    }
  }
}
