package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** Which lake. */
public interface LakeOptions extends PipelineOptions {

  @Description(
      "Where the lake lies, a folder or URI; bronze, vault, marts and ops are Delta tables below it."
          + " Example: --lake=/data/lake")
  @Validation.Required
  String getLake();

  void setLake(String value);
}
