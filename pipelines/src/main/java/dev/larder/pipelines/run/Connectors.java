package dev.larder.pipelines.run;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.Source;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.ConnectorState;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.io.kafka.connect.SourceOffset;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.options.KafkaOptions;
import dev.larder.transforms.model.VaultModel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The Debezium connectors of a model's sources, if {@code --connect} says where Connect is. */
final class Connectors {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MS = 200;

  private final KafkaOptions options;
  private final Sources sources;

  Connectors(KafkaOptions options, Sources sources) {
    this.options = options;
    this.sources = sources;
  }

  /**
   * Creates the connectors that are not there yet, to begin at the given positions. Connectors that
   * are there go on as they are: they have every change since an earlier snapshot.
   */
  void seed(Map<String, BinlogPosition> positions, Console console) {
    if (options.getConnect() == null) {
      return;
    }
    ConnectClient connect = ConnectClient.at(options.getConnect());
    connect.awaitReady(PATIENCE);
    connect.requirePlugin(DebeziumConnector.CLASS);
    for (Source source : sources.all()) {
      DebeziumConnector connector = connector(source);
      ConnectorState state =
          connect.status(connector.name()).map(status -> status.connector()).orElse(null);
      if (state == null || state == ConnectorState.STOPPED) {
        BinlogPosition start = positions.get(source.name());
        if (state == null) {
          connect.createStopped(connector.name(), connector.config());
        }
        connect.await(connector.name(), ConnectorState.STOPPED, PATIENCE);
        connect.seedOffset(
            connector.name(), connector.offset(start.file(), start.position(), start.gtidSet()));
        connect.resume(connector.name());
        console.step(
            "Connector %s reads the log of %s from %s:%d",
            connector.name(), source.address(), start.file(), start.position());
      }
    }
    for (Source source : sources.all()) {
      connect.await(connector(source).name(), ConnectorState.RUNNING, PATIENCE);
    }
  }

  /**
   * Waits until the connectors have read their logs up to the given places, so that "all there is"
   * means all that was committed.
   */
  void awaitRead(Map<String, BinlogPosition> ends, Console console) {
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

  private DebeziumConnector connector(Source source) {
    if (options.getBootstrapServers() == null) {
      throw new UserException(
          "--connect needs --bootstrapServers too: the connectors keep their schema history in"
              + " Kafka.");
    }
    VaultModel model = sources.model();
    DebeziumConnector connector =
        DebeziumConnector.of(
                LogTopics.server(model.source(source.name())),
                source.host(),
                source.port(),
                source.database(),
                options.getBootstrapServers())
            .withTables(model.tablesOf(source.name()).stream().map(TableId::table).toList())
            // At Debezium's 60 s, nothing came for as long after MySQL had been restarted.
            .withSetting("connect.keep.alive.interval.ms", "1000");
    return source.password() == null
        ? connector
        : connector.withPassword(source.user(), source.password());
  }
}
