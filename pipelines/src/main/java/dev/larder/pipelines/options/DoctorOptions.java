package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;

/** Whatever is given is examined. */
public interface DoctorOptions extends SourceOptions, KafkaOptions {

  @Description("The vault model; its tables are looked for in the sources.")
  String getModel();

  void setModel(String value);

  @Description("The lake; whether it can be written to.")
  String getLake();

  void setLake(String value);
}
