package dev.larder.io.kafka;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * How to reach a Kafka cluster, or an Azure Event Hubs namespace by its Kafka endpoint. Safe to
 * print and to ship: a password is a reference, resolved where a client is made.
 *
 * @param bootstrapServers {@code host:port}, comma separated
 * @param settings further client settings. Those that hold a secret ({@code sasl.jaas.config}, all
 *     that end in {@code password}, {@code secret} or {@code .key}) must be references: {@code
 *     env:NAME} or {@code file:PATH}
 * @param user the SASL user (PLAIN, or SCRAM if {@code sasl.mechanism} says so), or null
 * @param password the SASL password, or null
 */
public record KafkaConnection(
    String bootstrapServers, Map<String, String> settings, String user, SecretRef password)
    implements Serializable {
  /** Event Hubs cuts connections that are idle for four minutes. */
  private static final String IDLE_MS = "180000";

  /** Event Hubs moves partitions without telling old connections: look often. */
  private static final String METADATA_AGE_MS = "180000";

  private static final Pattern ENDPOINT =
      Pattern.compile("Endpoint=sb://([A-Za-z0-9.-]+?)(?:/|;|$)");
  private static final String EVENT_HUBS_USER = "$ConnectionString";
  private static final String EVENT_HUBS_REQUEST_MS = "60000";

  public KafkaConnection {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("a user needs a password and a password a user");
    }
    settings.forEach(KafkaConnection::requireReference);
  }

  private static void requireReference(String name, String value) {
    if (!isSecret(name)) {
      return;
    }
    try {
      SecretRef.parse(value);
    } catch (UserException e) {
      throw new UserException("Kafka setting " + name + ": " + e.getMessage(), e);
    }
  }

  private static boolean isSecret(String name) {
    return name.equals(SaslConfigs.SASL_JAAS_CONFIG)
        || name.endsWith("password")
        || name.endsWith("secret")
        || name.endsWith(".key");
  }

  /** A cluster without authentication. */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of(), null, null);
  }

  /**
   * An Event Hubs namespace.
   *
   * @param namespace {@code name.servicebus.windows.net}
   * @param connectionString where the connection string of a shared access policy is
   */
  public static KafkaConnection toEventHubs(String namespace, SecretRef connectionString) {
    return new KafkaConnection(
        namespace + ":9093",
        Map.of(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL",
            SaslConfigs.SASL_MECHANISM, "PLAIN",
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, EVENT_HUBS_REQUEST_MS),
        EVENT_HUBS_USER,
        connectionString);
  }

  /**
   * The Event Hubs namespace that a connection string names.
   *
   * @param connectionString where it is: {@code
   *     Endpoint=sb://NAME.servicebus.windows.net/;SharedAccessKeyName=...;SharedAccessKey=...}
   * @throws UserException if it is not there or names no namespace; it is not shown
   */
  public static KafkaConnection toEventHubs(SecretRef connectionString) {
    Matcher endpoint = ENDPOINT.matcher(connectionString.resolve());
    if (!endpoint.find()) {
      throw KafkaErrors.noNamespace(connectionString.toString());
    }
    return toEventHubs(endpoint.group(1), connectionString);
  }

  public KafkaConnection withSetting(String name, String value) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(name, value);
    return new KafkaConnection(bootstrapServers, all, user, password);
  }

  public KafkaConnection withLogin(String name, SecretRef secret) {
    return new KafkaConnection(bootstrapServers, settings, name, secret);
  }

  /**
   * What every client needs, with the password: for a client's constructor only.
   *
   * @throws UserException if a secret is not where it should be
   */
  Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG, IDLE_MS);
    config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MS);
    settings.forEach(
        (name, value) ->
            config.put(name, isSecret(name) ? SecretRef.parse(value).resolve() : value));
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    if (user != null) {
      config.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          loginModule()
              + " required username="
              + quoted(user)
              + " password="
              + quoted(password.resolve())
              + ";");
    }
    return config;
  }

  private String loginModule() {
    String mechanism = settings.getOrDefault(SaslConfigs.SASL_MECHANISM, "PLAIN");
    return mechanism.startsWith("SCRAM")
        ? "org.apache.kafka.common.security.scram.ScramLoginModule"
        : "org.apache.kafka.common.security.plain.PlainLoginModule";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
