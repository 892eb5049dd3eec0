package dev.larder.io.kafka.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a connector follows its server's log under a number that nobody else has. Of two who
 * follow one server under one number, MySQL cuts off the first whenever the second connects: both
 * go on and off for ever.
 *
 * <p>Source: MySQL 8.0, "server_id"; Debezium 3.5, {@code database.server.id}.
 */
public final class ServerIdFindings {
  private static final String SERVER_ID = "database.server.id";

  private final Map<String, String> config;
  private final String id;
  private final List<String> findings = new ArrayList<>();

  private ServerIdFindings(Map<String, String> config) {
    this.config = config;
    this.id = config.getOrDefault(SERVER_ID, "");
  }

  /**
   * What is wrong, a sentence each; empty if the number is the connector's alone.
   *
   * @param name of the connector
   * @param config its settings, as Connect has them or as they would be
   * @param others the settings of all connectors of the cluster by name; its own may be among them
   */
  public static List<String> among(
      String name, Map<String, String> config, Map<String, Map<String, String>> others) {
    ServerIdFindings all = new ServerIdFindings(config);
    new TreeMap<>(others)
        .forEach(
            (other, settings) -> {
              if (!other.equals(name) && all.isOfSameServer(settings) && all.hasSameId(settings)) {
                all.add("connector " + other + " has it too");
              }
            });
    return List.copyOf(all.findings);
  }

  /**
   * The same against the server itself.
   *
   * @param server its {@code server_id}
   */
  public static List<String> ofServer(Map<String, String> config, long server) {
    ServerIdFindings all = new ServerIdFindings(config);
    if (all.id.equals(Long.toString(server))) {
      all.add("it is the server's own server_id");
    }
    return List.copyOf(all.findings);
  }

  /**
   * The same against those who follow the server's log now. Who has just left may still be among
   * them: a reason to look, not to refuse.
   *
   * @param replicas their numbers, of a connector that is not running
   */
  public static List<String> ofReplicas(Map<String, String> config, List<Long> replicas) {
    ServerIdFindings all = new ServerIdFindings(config);
    if (replicas.stream().anyMatch(replica -> all.id.equals(Long.toString(replica)))) {
      all.add("a replica of the server has it (SHOW REPLICAS)");
    }
    return List.copyOf(all.findings);
  }

  private boolean hasSameId(Map<String, String> other) {
    return !id.isEmpty() && id.equals(other.get(SERVER_ID));
  }

  private boolean isOfSameServer(Map<String, String> other) {
    return isSame(other, "database.hostname", "") && isSame(other, "database.port", "3306");
  }

  private boolean isSame(Map<String, String> other, String key, String absent) {
    return config.getOrDefault(key, absent).equals(other.getOrDefault(key, absent));
  }

  private void add(String who) {
    findings.add(
        SERVER_ID
            + " is "
            + id
            + ", and "
            + who
            + ": the server cuts one off when the other connects. Set another number in one of"
            + " them.");
  }
}
