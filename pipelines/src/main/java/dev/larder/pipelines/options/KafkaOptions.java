package dev.larder.pipelines.options;

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
          + " one connector a source there and seeds it at the snapshot's position; `stream` asks it how far the"
          + " log is read. Example: --connect=http://connect:8083")
  String getConnect();

  void setConnect(String value);
}
