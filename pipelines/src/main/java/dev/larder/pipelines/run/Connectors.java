package dev.larder.pipelines.run;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.Source;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.ConnectorState;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.io.kafka.connect.EventHubs;
import dev.larder.io.kafka.connect.OffsetsFile;
import dev.larder.io.kafka.connect.SourceOffset;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.options.KafkaOptions;
import dev.larder.pipelines.status.StreamFigures;
import dev.larder.transforms.model.VaultModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Debezium connectors of a model's sources, if {@code --connect} says where Connect is. */
final class Connectors {
  /** With a worker that is starting. */
  private static final Duration READY = Duration.ofSeconds(60);

  /** With a connector on its way: one that fails says so, and is waited for no longer. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final long POLL_MS = 200;

  private static final String TOPIC = "topic";

  /** What Debezium's heartbeat topics begin with; the connector's topic prefix follows. */
  private static final String HEARTBEATS = "__debezium-heartbeat.";

  private final KafkaOptions options;
  private final Sources sources;

  Connectors(KafkaOptions options, Sources sources) {
    this.options = options;
    this.sources = sources;
  }

  /**
   * Creates the connectors that are not there yet, to begin at the given positions, and waits until
   * they read. Connectors that are there go on as they are: they have every change since an earlier
   * snapshot.
   *
   * @return sources whose connectors were started
   * @throws NotReadyException if a table was altered while a new connector learnt the tables: it
   *     would misread the events before the change. What was altered before that, and back, only
   *     the log tells: {@link SnapshotChecks#followedFrom}
   */
  List<String> seed(Map<String, BinlogPosition> positions, Console console) {
    if (options.getConnect() == null) {
      return List.of();
    }
    ConnectClient connect = ConnectClient.at(options.getConnect());
    connect.awaitReady(READY);
    connect.requirePlugin(DebeziumConnector.CLASS);
    Map<TableId, TableSchema> tables = sources.catalogue();
    List<String> begun = new ArrayList<>();
    List<DebeziumConnector> started = new ArrayList<>();
    for (Source source : sources.all()) {
      DebeziumConnector connector = connector(source);
      ConnectorState state =
          connect.status(connector.name()).map(status -> status.connector()).orElse(null);
      if (state == null || state == ConnectorState.STOPPED) {
        start(connect, connector, state, positions.get(source.name()));
        started.add(connector);
        begun.add(source.name());
        BinlogPosition from = positions.get(source.name());
        console.step(
            "Connector %s reads the log of %s from %s:%d",
            connector.name(), source.address(), from.file(), from.position());
      }
    }
    for (Source source : sources.all()) {
      connect.await(connector(source).name(), ConnectorState.RUNNING, PATIENCE);
    }
    awaitFirstHeartbeat(connect, started);
    if (!started.isEmpty() && !sources.catalogue().equals(tables)) {
      throw new NotReadyException(
          "A table was altered while the connectors started: they would misread what was written"
              + " before. Delete the connectors "
              + started.stream().map(DebeziumConnector::name).collect(Collectors.joining(", "))
              + " and their schema history, then begin another snapshot: larder snapshot"
              + " --anew=true");
    }
    return begun;
  }

  /** Writes where the logs are to be followed from for engines that are not in Connect. */
  void writeOffsets(String folder, Map<String, BinlogPosition> positions, Console console) {
    for (Source source : sources.all()) {
      BinlogPosition from = positions.get(source.name());
      DebeziumConnector engine =
          DebeziumConnector.of(
              LogTopics.server(sources.model().source(source.name())),
              source.host(),
              source.port(),
              source.database(),
              "");
      Path file = Path.of(folder, engine.name() + ".offsets");
      boolean written =
          OffsetsFile.create(
              file, engine.name(), engine.offset(from.file(), from.position(), from.gtidSet()));
      console.step(
          written
              ? "Offsets file %s: %s from %s:%d"
              : "Offsets file %s is there and stays as it is",
          file,
          engine.name(),
          from.file(),
          from.position());
    }
  }

  private static void start(
      ConnectClient connect,
      DebeziumConnector connector,
      ConnectorState state,
      BinlogPosition from) {
    if (state == null) {
      connect.createStopped(connector.name(), connector.config());
    }
    connect.await(connector.name(), ConnectorState.STOPPED, PATIENCE);
    connect.seedOffset(
        connector.name(), connector.offset(from.file(), from.position(), from.gtidSet()));
    connect.resume(connector.name());
  }

  /** A connector says RUNNING before it has learnt the tables; its heartbeat comes after. */
  private void awaitFirstHeartbeat(ConnectClient connect, List<DebeziumConnector> started) {
    try (KafkaOffsets kafka = KafkaOffsets.open(Kafkas.connection(options))) {
      for (DebeziumConnector connector : started) {
        TopicSelection heartbeats =
            TopicSelection.matching(Pattern.quote(HEARTBEATS + connector.source()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (kafka.read(heartbeats).end().values().stream().allMatch(end -> end == 0)) {
          if (System.nanoTime() > deadline) {
            throw new NotReadyException(
                String.format(
                    "Connector %s runs but has not begun to read within %d s. Look at the worker's"
                        + " log and %s/connectors/%s/status",
                    connector.name(),
                    PATIENCE.toSeconds(),
                    options.getConnect(),
                    connector.name()));
          }
          connect.await(connector.name(), ConnectorState.RUNNING, PATIENCE);
          pause();
        }
      }
    }
  }

  /**
   * Waits until the connectors have read their logs up to the given places and Kafka has what they
   * read, so that "all there is" means all that was committed.
   */
  void awaitRead(Map<String, BinlogPosition> ends, KafkaOffsets kafka, Console console) {
    if (options.getConnect() == null) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!passed(ends, positions())) {
      if (System.nanoTime() > deadline) {
        throw new NotReadyException(
            String.format(
                "The connectors have not read the log up to %s within %d s. Look at their state:"
                    + " %s/connectors?expand=status",
                ends, PATIENCE.toSeconds(), options.getConnect()));
      }
      console.progress("waiting until the connectors have read the log");
      pause();
    }
    if (!kafka.awaitFinished(LogTopics.all(sources.model()), PATIENCE)) {
      console.line(
          "A transaction in the connectors' topics was not over within %d s: what it writes is left"
              + " to the next run.",
          PATIENCE.toSeconds());
    }
  }

  private static boolean passed(Map<String, BinlogPosition> ends, Map<String, Sequence> read) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                read.containsKey(end.getKey())
                    && read.get(end.getKey()).compareTo(end.getValue().sequence()) >= 0);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReadyException("Interrupted while waiting for the connectors.", e);
    }
  }

  /** Names of the connectors in Connect. */
  List<String> names() {
    return sources.all().stream()
        .map(source -> LogTopics.server(sources.model().source(source.name())))
        .map(server -> DebeziumConnector.of(server, "", 0, "", "").name())
        .toList();
  }

  /** Looks after the connectors until it is closed; null without {@code --connect}. */
  ConnectorWatch watch(StreamFigures figures, Console console) {
    return options.getConnect() == null
        ? null
        : new ConnectorWatch(ConnectClient.at(options.getConnect()), names(), figures, console)
            .start();
  }

  /** How far each connector has read its log; nothing of those that have not said so yet. */
  Map<String, Sequence> positions() {
    Map<String, Sequence> positions = new TreeMap<>();
    if (options.getConnect() == null) {
      return positions;
    }
    ConnectClient connect = ConnectClient.at(options.getConnect());
    for (Source source : sources.all()) {
      String name =
          DebeziumConnector.of(
                  LogTopics.server(sources.model().source(source.name())), "", 0, "", "")
              .name();
      if (connect.status(name).isPresent()) {
        for (SourceOffset offset : connect.offsets(name)) {
          positions.put(source.name(), Sequence.of(offset.file(), offset.position(), 0));
        }
      }
    }
    return positions;
  }

  /** The connectors of all sources, as they should be. */
  List<DebeziumConnector> wanted() {
    return sources.all().stream().map(this::connector).toList();
  }

  private DebeziumConnector connector(Source source) {
    VaultModel model = sources.model();
    DebeziumConnector connector =
        DebeziumConnector.of(
                LogTopics.server(model.source(source.name())),
                source.host(),
                source.port(),
                source.database(),
                Kafkas.connection(options).bootstrapServers())
            .withTables(model.tablesOf(source.name()).stream().map(TableId::table).toList())
            .withoutColumns(sources.unreadColumns(source));
    String topic = model.source(source.name()).topic().orElse(null);
    if (topic != null) {
      connector = connector.withSettings(EventHubs.oneTopic(connector.source(), topic));
    }
    if (options.getEventHubs() != null) {
      connector = connector.withSettings(EventHubs.settings());
    }
    if (!options.getSchemaHistory().equals(TOPIC)) {
      connector = connector.withFileHistory(options.getSchemaHistory());
    } else if (options.getEventHubs() != null) {
      throw new UserException(
          "--eventHubs: its topics do not last for ever, and a connector that has lost its schema"
              + " history cannot go on. Give --schemaHistory=FOLDER, a folder of the Connect worker"
              + " that stays.");
    }
    if (source.password() == null) {
      return connector;
    }
    return options.getConnectorPasswords() == KafkaOptions.Passwords.WORKER
        ? connector.withPasswordExpression(source.user(), expression(source.password()))
        : connector.withPassword(source.user(), source.password());
  }

  /** In the words of Kafka's EnvVarConfigProvider and DirectoryConfigProvider. */
  static String expression(SecretRef password) {
    if (password.place() == SecretRef.Place.ENV) {
      return "${env:" + password.name() + "}";
    }
    int slash = password.name().lastIndexOf('/');
    return "${directory:"
        + password.name().substring(0, Math.max(0, slash))
        + ":"
        + password.name().substring(slash + 1)
        + "}";
  }
}
