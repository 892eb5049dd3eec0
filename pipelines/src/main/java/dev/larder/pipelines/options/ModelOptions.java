package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** Which vault. */
public interface ModelOptions extends PipelineOptions {

  @Description("The vault model, a YAML file. Example: --model=vault.yaml")
  @Validation.Required
  String getModel();

  void setModel(String value);
}
