package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The Debezium connectors of a model. */
public interface ConnectorsOptions extends ModelOptions, SourceOptions, KafkaOptions {

  /** What to do with them. */
  enum Action {
    STATUS,
    RENDER,
    CREATE,
    UPDATE,
    PAUSE,
    RESUME,
    RESTART,
    REMOVE
  }

  @Description(
      "STATUS: how they are, and what of their settings loses values. RENDER: their configurations"
          + " as JSON, passwords as references; asks the databases only. CREATE: those that are"
          + " missing, to begin where the log stands now (`snapshot` does it at its own place)."
          + " UPDATE: gives those that are there these settings; they go on where they are. PAUSE,"
          + " RESUME. RESTART: what has failed. REMOVE: they are gone, what they knew of their"
          + " place stays in Connect.")
  @Default.Enum("STATUS")
  Action getAction();

  void setAction(Action value);
}
