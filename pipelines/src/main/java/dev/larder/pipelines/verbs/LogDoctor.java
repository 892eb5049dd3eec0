package dev.larder.pipelines.verbs;

import dev.larder.io.jdbc.LogFollowers;
import dev.larder.io.jdbc.Source;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.TopicSettings;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.ConnectorStatus;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.io.kafka.connect.ServerIdFindings;
import dev.larder.io.kafka.debezium.ConnectorFindings;
import dev.larder.pipelines.options.DoctorOptions;
import dev.larder.pipelines.run.Kafkas;
import dev.larder.pipelines.run.LogTopics;
import dev.larder.pipelines.run.ModelConnectors;
import dev.larder.transforms.model.VaultModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examines what the log comes by: Kafka or Event Hubs, and Kafka Connect. */
final class LogDoctor {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String KAFKA = "Kafka";
  private static final String CONNECT = "Connect";

  /** Connectors can be made stopped, and told where to begin, since Kafka 3.7. */
  private static final int CONNECT_MAJOR = 3;

  private static final int CONNECT_MINOR = 7;

  /** Debezium 3.0 has the binlog client that knows Azure's ways to authenticate. */
  private static final int DEBEZIUM_MAJOR = 3;

  /** Event Hubs in a namespace of the basic and standard tiers. */
  private static final int MAX_EVENT_HUBS = 10;

  private final DoctorOptions options;
  private final VaultModel model;
  private final Examination examination;

  /**
   * @param model null if none is given
   */
  LogDoctor(DoctorOptions options, VaultModel model, Examination examination) {
    this.options = options;
    this.model = model;
    this.examination = examination;
  }

  void kafka() {
    try (KafkaOffsets kafka = KafkaOffsets.open(Kafkas.connection(options))) {
      int topics = kafka.topics();
      examination.fine(
          KAFKA, Kafkas.connection(options).bootstrapServers() + " answers, " + topics + " topics");
      if (options.getEventHubs() != null && topics >= MAX_EVENT_HUBS) {
        examination.warn(
            KAFKA,
            topics
                + " event hubs: the basic and standard tiers have "
                + MAX_EVENT_HUBS
                + " a namespace. Let the tables of a source share one: docs/howto/event-hubs.md.");
      }
      if (model != null) {
        examination.look(KAFKA, () -> topics(kafka));
      }
    }
  }

  private void topics(KafkaOffsets kafka) {
    TopicSelection selection = LogTopics.all(model);
    List<TopicSettings> settings = kafka.settings(selection);
    List<String> findings = settings.stream().flatMap(t -> t.findings().stream()).toList();
    findings.forEach(finding -> examination.warn(KAFKA, finding));
    if (findings.isEmpty()) {
      examination.fine(
          KAFKA,
          settings.isEmpty()
              ? "no table has a topic yet; each appears with its table's first change"
              : settings.size() + " topics of the model's tables keep what they hold");
    }
  }

  void connect() {
    ConnectClient connect = ConnectClient.at(options.getConnect());
    connect.awaitReady(PATIENCE);
    String version = connect.version();
    if (isOlder(version, CONNECT_MAJOR, CONNECT_MINOR)) {
      examination.wrong(
          CONNECT,
          "is Kafka "
              + version
              + ": connectors can be told where to begin since 3.7. Use a newer worker.");
    }
    connect.requirePlugin(DebeziumConnector.CLASS);
    String plugin = connect.pluginVersions().get(DebeziumConnector.CLASS);
    if (isOlder(plugin, DEBEZIUM_MAJOR, 0)) {
      examination.warn(
          CONNECT,
          "has Debezium "
              + plugin
              + ": its binlog client does not know the newer ways to authenticate (Azure). Put 3.0"
              + " or newer into the worker's plugin.path.");
    }
    examination.fine(
        CONNECT,
        options.getConnect() + " is Kafka " + version + " with Debezium " + plugin + " for MySQL");
    if (model != null && options.getSource() != null) {
      ModelConnectors.of(options, model)
          .forEach(wanted -> examination.look(wanted.name(), () -> connector(connect, wanted)));
    }
  }

  private void connector(ConnectClient connect, DebeziumConnector wanted) {
    String where = "connector " + wanted.name();
    // The status of a connector that was removed lingers; its settings do not.
    Map<String, String> settings = connect.config(wanted.name()).orElse(null);
    ConnectorStatus status = connect.status(wanted.name()).orElse(null);
    serverId(connect, wanted, settings == null ? wanted.config() : settings, status);
    if (settings == null || status == null) {
      missing(connect, wanted, where);
      return;
    }
    if (status.hasFailed()) {
      examination.wrong(
          where,
          "has failed: "
              + status.firstTraceLine()
              + " Mend the cause, then: larder connectors --action=RESTART");
    } else {
      examination.fine(where, "is " + status.summary());
    }
    ConnectorFindings.of(settings).forEach(finding -> examination.wrong(where, finding));
  }

  /**
   * @param status null for a connector that is not there
   */
  private void serverId(
      ConnectClient connect,
      DebeziumConnector wanted,
      Map<String, String> settings,
      ConnectorStatus status) {
    String where = "connector " + wanted.name();
    Map<String, Map<String, String>> others = new HashMap<>();
    connect
        .connectors()
        .forEach(name -> connect.config(name).ifPresent(config -> others.put(name, config)));
    List<String> wrong = new ArrayList<>(ServerIdFindings.among(wanted.name(), settings, others));
    LogFollowers log = source(wanted).map(LogFollowers::of).orElse(null);
    if (log != null) {
      wrong.addAll(ServerIdFindings.ofServer(settings, log.server()));
    }
    wrong.forEach(finding -> examination.wrong(where, finding));
    if (log != null && status == null) { // else it may be among them itself
      ServerIdFindings.ofReplicas(settings, log.followers())
          .forEach(finding -> examination.warn(where, finding));
    }
  }

  private Optional<Source> source(DebeziumConnector wanted) {
    return options.getSource().stream()
        .map(Source::parse)
        .filter(source -> source.name().equals(wanted.source()))
        .findFirst();
  }

  private void missing(ConnectClient connect, DebeziumConnector wanted, String where) {
    Map<String, String> config = wanted.config();
    List<String> errors = connect.validate(wanted.name(), config);
    errors.forEach(error -> examination.wrong(where, "would be refused: " + error));
    if (errors.isEmpty()) {
      boolean isExact = config.get("exactly.once.support").equals("required");
      examination.fine(
          where,
          "is not there yet; the worker would take it, "
              + (isExact ? "exactly" : "at least")
              + " once");
    }
  }

  private static boolean isOlder(String version, int major, int minor) {
    String[] parts = version.split("[.-]");
    try {
      int first = Integer.parseInt(parts[0]);
      int second = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      return first < major || (first == major && second < minor);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
