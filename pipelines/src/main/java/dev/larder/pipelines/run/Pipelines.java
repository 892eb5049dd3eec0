package dev.larder.pipelines.run;

import dev.larder.io.changes.LarderException;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs one bounded pipeline to its end on whatever runner the options name. */
final class Pipelines {

  private Pipelines() {}

  /**
   * Builds a pipeline, runs it and waits.
   *
   * @throws LarderException what a step threw for the user, out of the runner's wrapping
   */
  static PipelineResult run(PipelineOptions options, Consumer<Pipeline> build) {
    for (RunnerProfile profile : ServiceLoader.load(RunnerProfile.class)) {
      if (profile.serves(options)) {
        profile.prepare(options);
      }
    }
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    try {
      PipelineResult result = pipeline.run();
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException("the pipeline ended in state " + state);
      }
      return result;
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof LarderException known) {
          throw known;
        }
      }
      throw e;
    }
  }

  /** The sum of a counter over all steps that have it; 0 if none has. */
  static long counter(PipelineResult result, Class<?> namespace, String name) {
    long sum = 0;
    for (MetricResult<Long> counter :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(namespace, name))
                    .build())
            .getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }
}
