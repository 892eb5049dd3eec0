package dev.larder.pipelines.run;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.KafkaConnection;
import dev.larder.pipelines.options.KafkaOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Kafka as the options say where it is. */
public final class Kafkas {

  private Kafkas() {}

  /**
   * @throws UserException if the brokers are not given or the settings cannot be read
   */
  public static KafkaConnection connection(KafkaOptions options) {
    KafkaConnection connection = address(options);
    if (options.getKafkaConfig() == null) {
      return connection;
    }
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(options.getKafkaConfig()))) {
      settings.load(file);
    } catch (IOException e) {
      throw new UserException(
          "--kafkaConfig=" + options.getKafkaConfig() + " cannot be read: " + e.getMessage(), e);
    }
    for (String name : settings.stringPropertyNames()) {
      connection = connection.withSetting(name, settings.getProperty(name));
    }
    return connection;
  }

  /** Whether it is said where Kafka is. */
  public static boolean isGiven(KafkaOptions options) {
    return options.getBootstrapServers() != null || options.getEventHubs() != null;
  }

  private static KafkaConnection address(KafkaOptions options) {
    if (options.getEventHubs() != null) {
      if (options.getBootstrapServers() != null) {
        throw new UserException(
            "--eventHubs says where the brokers are: leave --bootstrapServers out.");
      }
      return KafkaConnection.toEventHubs(SecretRef.parse(options.getEventHubs()));
    }
    if (options.getBootstrapServers() == null) {
      throw new UserException(
          "Where is Kafka? Give --bootstrapServers=HOST:9092 or --eventHubs=env:NAME");
    }
    return KafkaConnection.to(options.getBootstrapServers());
  }
}
