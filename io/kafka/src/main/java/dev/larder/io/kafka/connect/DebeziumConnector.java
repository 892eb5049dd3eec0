package dev.larder.io.kafka.connect;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.debezium.DebeziumModes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The Debezium connector that brings one source's changes to Kafka, as Larder needs it: exactly
 * once, without a snapshot of its own, values in {@link DebeziumModes#larder}, JSON without
 * schemas.
 *
 * <p><b>When MySQL is away</b>: a connector that reads tries anew every 10 s until MySQL is back; a
 * task that starts meanwhile waits for it about 18 s. One that waits in vain, or loses MySQL in the
 * middle of its start, is {@code FAILED}, and Connect leaves it so: {@link ConnectClient#restart}.
 *
 * <p><b>Secrets</b>: the connector's configuration is kept by Connect and shown by its REST
 * interface, so the password is best a reference that the worker resolves: {@code
 * ${env:POS_PASSWORD}} with {@code config.providers=env} and Kafka's EnvVarConfigProvider, or
 * {@code ${file:/path:key}} ({@link #withPasswordExpression}). {@link #withPassword} resolves a
 * {@link SecretRef} at the moment of {@link #config} and hands Connect the literal: for a worker of
 * one's own. Neither is in {@link #toString}.
 *
 * @param source the model's name of the source; also the connector's {@code topic.prefix}
 * @param host of the MySQL server, as Connect reaches it
 * @param database the one database that is captured
 * @param tables names of the captured tables; empty for all
 * @param user with REPLICATION SLAVE, REPLICATION CLIENT and SELECT
 * @param historyServers bootstrap servers for the schema history, as Connect reaches them
 * @param settings further settings; they replace Larder's own
 */
public record DebeziumConnector(
    String source,
    String host,
    int port,
    String database,
    List<String> tables,
    String user,
    String historyServers,
    Map<String, String> settings,
    Password password) {
  /** The connector's class. */
  public static final String CLASS = "io.debezium.connector.mysql.MySqlConnector";

  private static final String IDLE_MS = "180000";
  private static final String METADATA_AGE_MS = "60000";

  /**
   * How often Debezium looks whether it has lost MySQL, and how long it may hear nothing. At its
   * own 60 s nothing comes for as long after a restart of MySQL. Shorter is no better: a worker
   * that stalls for longer (a full queue, a busy machine) drops a sound connection and reads the
   * transaction anew from its beginning, which brings rows twice. At 1 s, three stalls of 2.5 s
   * made 113 287 records of 100 000 rows.
   */
  private static final String KEEP_ALIVE_MS = "10000";

  private static final String HISTORY = "schema.history.internal";

  private static final String CONNECT_TRIES = "10";
  private static final String CONNECT_PAUSE_SECONDS = "2";

  /** Of the ids for replicas, those that hand-numbered servers hardly use. */
  private static final long FIRST_SERVER_ID = 1_000_000_000L;

  private static final long SERVER_IDS = 1_000_000_000L;

  /** Where the password comes from; shows nothing of it. */
  public sealed interface Password {
    /** Resolved by the Connect worker. */
    record Expression(String text) implements Password {
      @Override
      public String toString() {
        return "by the worker";
      }
    }

    /** Resolved by Larder when the configuration is rendered. */
    record Reference(SecretRef ref) implements Password {}
  }

  public DebeziumConnector {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(historyServers, "historyServers");
    tables = tables.stream().distinct().sorted().toList();
    settings = Map.copyOf(settings);
    if (!Pattern.matches("[A-Za-z0-9_-]+", source)) {
      throw new UserException(
          "Source \""
              + source
              + "\" cannot name topics. Use letters, digits, hyphens and underscores.");
    }
  }

  /** A connector for all tables of a database. */
  public static DebeziumConnector of(
      String source, String host, int port, String database, String historyServers) {
    return new DebeziumConnector(
        source, host, port, database, List.of(), "larder", historyServers, Map.of(), null);
  }

  public DebeziumConnector withTables(Collection<String> names) {
    return new DebeziumConnector(
        source, host, port, database, List.copyOf(names), user, historyServers, settings, password);
  }

  /**
   * Leaves columns out of every change.
   *
   * @param columns names of columns by table
   */
  public DebeziumConnector withoutColumns(Map<String, List<String>> columns) {
    List<String> names = new ArrayList<>();
    new TreeMap<>(columns)
        .forEach(
            (table, left) ->
                left.forEach(
                    column ->
                        names.add(exact(database) + "\\." + exact(table) + "\\." + exact(column))));
    return names.isEmpty() ? this : withSetting("column.exclude.list", String.join(",", names));
  }

  /** Logs in with a password that Larder resolves and hands to Connect. */
  public DebeziumConnector withPassword(String name, SecretRef ref) {
    return withLogin(name, new Password.Reference(ref));
  }

  /**
   * Logs in with a password that the worker resolves.
   *
   * @param expression for one of the worker's {@code config.providers}: {@code ${env:PASSWORD}}
   */
  public DebeziumConnector withPasswordExpression(String name, String expression) {
    return withLogin(name, new Password.Expression(expression));
  }

  private DebeziumConnector withLogin(String name, Password secret) {
    return new DebeziumConnector(
        source, host, port, database, tables, name, historyServers, settings, secret);
  }

  /**
   * Keeps the schema history in a file of the Connect worker: where there is one worker, and the
   * cluster has no topic that lasts for ever (Event Hubs).
   *
   * @param folder on the worker; each connector has a file of its own in it
   */
  public DebeziumConnector withFileHistory(String folder) {
    String file = folder.endsWith("/") ? folder : folder + "/";
    return withSetting(HISTORY, "io.debezium.storage.file.history.FileSchemaHistory")
        .withSetting(HISTORY + ".file.filename", file + "larder-schema-history-" + source + ".dat");
  }

  /** With several settings; they replace Larder's own. */
  public DebeziumConnector withSettings(Map<String, String> more) {
    DebeziumConnector connector = this;
    for (Map.Entry<String, String> setting : more.entrySet()) {
      connector = connector.withSetting(setting.getKey(), setting.getValue());
    }
    return connector;
  }

  public DebeziumConnector withSetting(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(name, value);
    return new DebeziumConnector(
        source, host, port, database, tables, user, historyServers, all, password);
  }

  /** The connector's name in Connect. */
  public String name() {
    return "larder-" + source;
  }

  /** What the topics of its tables begin with. */
  public String topicPrefix() {
    return source + ".";
  }

  /** The topic of a table's changes. */
  public String topic(String table) {
    return source + "." + database + "." + table;
  }

  /** Where the connector is to start: behind this position, exactly the later changes arrive. */
  public SourceOffset offset(String file, long position, String gtids) {
    return new SourceOffset(source, file, position, gtids);
  }

  /**
   * The connector's settings. The password is resolved now: never log the result.
   *
   * @throws UserException if the password is not where its reference says
   */
  public Map<String, String> config() {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", CLASS);
    config.put("tasks.max", "1");
    config.put("topic.prefix", source);
    database(config);
    config.put("exactly.once.support", "required");
    config.put("transaction.boundary", "poll");
    config.put("snapshot.mode", "recovery");
    config.put("snapshot.locking.mode", "none");
    config.putAll(DebeziumModes.larder().connectorConfig());
    config.put("include.schema.changes", "true");
    config.put("tombstones.on.delete", "true");
    config.put("skipped.operations", "none");
    config.put("heartbeat.interval.ms", "1000");
    config.put("poll.interval.ms", "100");
    for (String side : List.of("key", "value")) {
      config.put(side + ".converter", "org.apache.kafka.connect.json.JsonConverter");
      config.put(side + ".converter.schemas.enable", "false");
    }
    history(config);
    config.put("producer.override.linger.ms", "20");
    config.put("producer.override.connections.max.idle.ms", IDLE_MS);
    config.put("producer.override.metadata.max.age.ms", METADATA_AGE_MS);
    config.putAll(settings);
    return config;
  }

  private void database(Map<String, String> config) {
    config.put("database.hostname", host);
    config.put("database.port", Integer.toString(port));
    config.put("database.user", user);
    if (password instanceof Password.Reference reference) {
      config.put("database.password", reference.ref().resolve());
    } else if (password instanceof Password.Expression expression) {
      config.put("database.password", expression.text());
    }
    config.put("database.server.id", Long.toString(serverId()));
    config.put("connect.keep.alive.interval.ms", KEEP_ALIVE_MS);
    waitForMySql(config);
    config.put("database.include.list", exact(database));
    if (!tables.isEmpty()) {
      config.put(
          "table.include.list",
          String.join(
              ",", tables.stream().map(table -> exact(database) + "\\." + exact(table)).toList()));
    }
  }

  /**
   * A task that starts asks MySQL for its variables first. If MySQL refuses, Debezium takes that
   * for final, though a rebalance of Connect may start a task at any time, also while MySQL
   * restarts: so the driver is told to try more than once. A statement that is under way when the
   * connection breaks still fails.
   */
  private static void waitForMySql(Map<String, String> config) {
    config.put("driver.autoReconnect", "true");
    config.put("driver.maxReconnects", CONNECT_TRIES);
    config.put("driver.initialTimeout", CONNECT_PAUSE_SECONDS);
  }

  /** Names in the lists are regular expressions. */
  private static String exact(String name) {
    return name.replaceAll("([^A-Za-z0-9_])", "\\\\$1");
  }

  /**
   * A replica's id must be its own among all replicas of the server: derived from what the
   * connector reads, so that it stays the same from start to start and differs between sources.
   */
  private long serverId() {
    CRC32 hash = new CRC32();
    hash.update(
        (source + "/" + host + ":" + port + "/" + database).getBytes(StandardCharsets.UTF_8));
    return FIRST_SERVER_ID + hash.getValue() % SERVER_IDS;
  }

  private void history(Map<String, String> config) {
    String prefix = HISTORY;
    if (settings.containsKey(prefix)) {
      config.put(prefix + ".store.only.captured.databases.ddl", "true");
      config.put(prefix + ".store.only.captured.tables.ddl", "false");
      return;
    }
    config.put(prefix, "io.debezium.storage.kafka.history.KafkaSchemaHistory");
    config.put(prefix + ".kafka.bootstrap.servers", historyServers);
    config.put(prefix + ".kafka.topic", "larder-schema-history-" + source);
    config.put(prefix + ".store.only.captured.databases.ddl", "true");
    config.put(prefix + ".store.only.captured.tables.ddl", "false");
    for (String client : List.of("producer", "consumer")) {
      config.put(prefix + "." + client + ".connections.max.idle.ms", IDLE_MS);
      config.put(prefix + "." + client + ".metadata.max.age.ms", METADATA_AGE_MS);
    }
  }

  /** Without settings and secrets. */
  @Override
  public String toString() {
    return name() + " of " + host + ":" + port + "/" + database;
  }
}
