package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The vault against its sources. */
public interface VerifyOptions extends ModelOptions, LakeOptions, SourceOptions, TablesOptions {

  @Description("Differences that are named; the rest are counted.")
  @Default.Integer(20)
  int getShow();

  void setShow(int value);
}
