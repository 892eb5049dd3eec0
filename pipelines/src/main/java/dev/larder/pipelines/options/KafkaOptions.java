package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which Kafka and which Kafka Connect. */
public interface KafkaOptions extends PipelineOptions {

  @Description(
      "Kafka's brokers, as Kafka's own bootstrap.servers. Example: --bootstrapServers=kafka1:9092")
  String getBootstrapServers();

  void setBootstrapServers(String value);

  @Description(
      "A properties file with further settings for Kafka's clients, for example SASL. Example:"
          + " --kafkaConfig=client.properties")
  String getKafkaConfig();

  void setKafkaConfig(String value);

  @Description(
      "REST address of a Kafka Connect worker with the Debezium MySQL connector. `snapshot` creates"
          + " one connector a source there and seeds it at the snapshot's position; `stream` asks"
          + " it how far the log is read. Example: --connect=http://connect:8083")
  String getConnect();

  void setConnect(String value);

  @Description(
      "Azure Event Hubs in place of Kafka: where the connection string of the namespace is,"
          + " env:NAME or file:PATH. It says the address and the login (SASL_SSL); nothing that"
          + " Event Hubs lacks is used, see docs/howto/event-hubs.md. Example:"
          + " --eventHubs=env:CONNECTION")
  String getEventHubs();

  void setEventHubs(String value);

  @Description(
      "Where the connectors keep their schema history: topic, a topic of their own in Kafka; or a"
          + " folder of the Connect worker. With --eventHubs a folder is needed, for its topics do"
          + " not last. Example: --schemaHistory=/var/lib/connect")
  @Default.String("topic")
  String getSchemaHistory();

  void setSchemaHistory(String value);

  /** Who looks up the passwords of the databases for the connectors. */
  enum Passwords {
    LARDER,
    WORKER
  }

  @Description(
      "LARDER: the password is resolved here and kept by Connect. WORKER: Connect gets"
          + " ${env:NAME} or ${directory:FOLDER:FILE} and resolves it, with"
          + " config.providers=env,directory in the worker's settings.")
  @Default.Enum("LARDER")
  Passwords getConnectorPasswords();

  void setConnectorPasswords(Passwords value);
}
