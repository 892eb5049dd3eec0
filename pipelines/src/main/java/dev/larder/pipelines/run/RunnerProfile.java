package dev.larder.pipelines.run;

import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a runner needs to be told before Larder's pipelines run on it. A profile is found by {@link
 * java.util.ServiceLoader}, so that pipelines depend on no runner.
 */
public interface RunnerProfile {

  /** Whether this profile is for the runner of these options. */
  boolean serves(PipelineOptions options);

  /** Called before each pipeline; what needs doing once a process is done at the first call. */
  void prepare(PipelineOptions options);
}
