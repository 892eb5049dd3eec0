package dev.larder.runners.direct;

import dev.larder.pipelines.run.RunnerProfile;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Settings of the DirectRunner. Its checks that elements are encodable and never changed cost half
 * of its speed; tests run with them on.
 */
public final class DirectProfile implements RunnerProfile {

  @Override
  public boolean serves(PipelineOptions options) {
    return options.getRunner() == DirectRunner.class;
  }

  @Override
  public void prepare(PipelineOptions options) {
    DirectOptions direct = options.as(DirectOptions.class);
    direct.setEnforceImmutability(false);
    direct.setEnforceEncodability(false);
    // The caller waits, and shows progress meanwhile.
    direct.setBlockOnRun(false);
  }
}
