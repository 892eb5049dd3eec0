package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where the schemas of events in Avro are. */
public interface RegistryOptions extends PipelineOptions {

  @Description(
      "The schema registry, where a converter writes Avro; any with Confluent's HTTP interface. A"
          + " login's secret is a reference. Examples: --schemaRegistry=http://registry:8081,"
          + " --schemaRegistry=https://larder@registry:8081?password=env:REGISTRY_PASSWORD,"
          + " --schemaRegistry=https://registry/apis/ccompat/v7?token=file:/run/secrets/registry")
  String getSchemaRegistry();

  void setSchemaRegistry(String value);
}
