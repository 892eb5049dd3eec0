package dev.larder.pipelines.run;

import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.pipelines.options.DoctorOptions;
import dev.larder.transforms.model.VaultModel;
import java.util.List;

/** The connectors that a model asks for, for who only looks. */
public final class ModelConnectors {

  private ModelConnectors() {}

  /** One for each source of the model; its password is looked up when it is rendered. */
  public static List<DebeziumConnector> of(DoctorOptions options, VaultModel model) {
    return new Connectors(options, Sources.of(model, options.getSource())).wanted();
  }
}
