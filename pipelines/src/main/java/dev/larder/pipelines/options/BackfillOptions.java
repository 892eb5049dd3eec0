package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;

/** The vault, loaded again from bronze. */
public interface BackfillOptions extends ModelOptions, LakeOptions, TablesOptions {

  @Description(
      "Take changes committed at or after this instant, UTC. Example: --from=2026-11-01T00:00:00Z")
  String getFrom();

  void setFrom(String value);

  @Description("Take changes committed before this instant, UTC.")
  String getTo();

  void setTo(String value);
}
