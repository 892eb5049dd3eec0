package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.ConnectorStatus;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.io.kafka.connect.SourceOffset;
import dev.larder.io.kafka.debezium.ConnectorFindings;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.options.ConnectorsOptions;
import dev.larder.pipelines.options.KafkaOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code larder connectors}: the Debezium connectors of a model, over Connect's REST interface. */
public final class ConnectorsRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConnectorsOptions options;
  private final Sources sources;
  private final Console console;
  private final Connectors connectors;

  public ConnectorsRun(ConnectorsOptions options, Sources sources, Console console) {
    this.options = options;
    this.sources = sources;
    this.console = console;
    this.connectors = new Connectors(options, sources);
  }

  public void run() {
    if (options.getAction() == ConnectorsOptions.Action.RENDER) {
      render();
      return;
    }
    if (options.getConnect() == null) {
      throw new UserException("Where is Kafka Connect? Give --connect=http://HOST:8083");
    }
    ConnectClient connect = ConnectClient.at(options.getConnect());
    connect.awaitReady(PATIENCE);
    switch (options.getAction()) {
      case RENDER -> throw new IllegalStateException("done above");
      case STATUS -> connectors.names().forEach(name -> tell(connect, name));
      case CREATE -> {
        connectors.seed(sources.settledPositions(), console);
        connectors.names().forEach(name -> tell(connect, name));
      }
      case UPDATE -> connectors.wanted().forEach(wanted -> update(connect, wanted));
      case PAUSE -> each(connect, name -> connect.pause(name), "is told to pause");
      case RESUME -> each(connect, name -> connect.resume(name), "is told to run");
      case RESTART -> each(connect, name -> connect.restart(name), "restarts what has failed");
      case REMOVE -> each(connect, name -> connect.delete(name), "is removed");
    }
  }

  /** Never shows a password: the worker's expression stands in its place. */
  private void render() {
    KafkaOptions shown = options.as(KafkaOptions.class);
    shown.setConnectorPasswords(KafkaOptions.Passwords.WORKER);
    ArrayNode all = JSON.createArrayNode();
    for (DebeziumConnector connector : new Connectors(shown, sources).wanted()) {
      ObjectNode one = all.addObject().put("name", connector.name());
      ObjectNode config = one.putObject("config");
      connector.config().forEach(config::put);
    }
    console.line("%s", all.toPrettyString());
  }

  private void tell(ConnectClient connect, String name) {
    // The status of a connector that was removed lingers; its settings do not.
    Map<String, String> settings = connect.config(name).orElse(null);
    ConnectorStatus status = connect.status(name).orElse(null);
    if (settings == null || status == null) {
      console.line("%s: there is none", name);
      return;
    }
    String place =
        connect.offsets(name).stream().map(ConnectorsRun::text).collect(Collectors.joining(", "));
    console.line(
        "%s: %s%s", name, status.summary(), place.isEmpty() ? "" : ", has read to " + place);
    if (status.hasFailed()) {
      console.line("  failed: %s", status.firstTraceLine());
    }
    ConnectorFindings.of(settings).forEach(what -> console.line("  %s", what));
  }

  private static String text(SourceOffset offset) {
    return offset.file() + ":" + offset.position();
  }

  /** Names the settings that change; their values may be secrets. */
  private void update(ConnectClient connect, DebeziumConnector wanted) {
    Map<String, String> before = connect.config(wanted.name()).orElse(null);
    if (before == null) {
      console.line("%s: there is none; --action=CREATE makes it", wanted.name());
      return;
    }
    Map<String, String> after = new TreeMap<>(wanted.config());
    after.put("name", wanted.name());
    TreeSet<String> changed = new TreeSet<>(before.keySet());
    changed.addAll(after.keySet());
    changed.removeIf(
        setting -> String.valueOf(before.get(setting)).equals(String.valueOf(after.get(setting))));
    if (changed.isEmpty()) {
      console.line("%s: as it should be", wanted.name());
      return;
    }
    connect.createOrUpdate(wanted.name(), after);
    console.line("%s: changed %s", wanted.name(), String.join(", ", changed));
  }

  private interface Step {
    void take(String name);
  }

  private void each(ConnectClient connect, Step step, String said) {
    List<String> there = connect.connectors();
    for (String name : connectors.names()) {
      if (there.contains(name)) {
        step.take(name);
        console.line("%s %s", name, said);
      } else {
        console.line("%s: there is none", name);
      }
    }
  }
}
