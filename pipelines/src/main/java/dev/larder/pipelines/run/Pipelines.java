package dev.larder.pipelines.run;

import dev.larder.io.changes.LarderException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;

/** Runs one bounded pipeline to its end on whatever runner the options name. */
final class Pipelines {
  private static final Duration LOOK = Duration.millis(500);

  private final PipelineResult result;

  private Pipelines(PipelineResult result) {
    this.result = result;
  }

  /** Builds a pipeline, runs it and waits. */
  static Pipelines run(PipelineOptions options, Consumer<Pipeline> build) {
    return run(options, build, any -> {});
  }

  /**
   * The same for few rows.
   *
   * @param groups how many keys its steps group by at the most, and how many bundles it begins with
   */
  static Pipelines run(PipelineOptions options, int groups, Consumer<Pipeline> build) {
    RunnerProfile.of(options).prepare(options, groups);
    return runPrepared(options, build, any -> {});
  }

  /**
   * Builds a pipeline, runs it and waits.
   *
   * @param progress called again and again while it runs
   * @throws LarderException what a step threw for the user, out of the runner's wrapping
   */
  static Pipelines run(
      PipelineOptions options, Consumer<Pipeline> build, Consumer<Pipelines> progress) {
    RunnerProfile.of(options).prepare(options);
    return runPrepared(options, build, progress);
  }

  private static Pipelines runPrepared(
      PipelineOptions options, Consumer<Pipeline> build, Consumer<Pipelines> progress) {
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    try {
      Pipelines run = new Pipelines(pipeline.run());
      PipelineResult.State state = run.result.waitUntilFinish(LOOK);
      while (state == null || !state.isTerminal()) {
        progress.accept(run);
        state = run.result.waitUntilFinish(LOOK);
      }
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException("the pipeline ended in state " + state);
      }
      return run;
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
  long counter(String name) {
    MetricQueryResults metrics = result.metrics().queryMetrics(MetricsFilter.builder().build());
    long sum = 0;
    for (MetricResult<Long> counter : metrics.getCounters()) {
      if (counter.getName().getName().equals(name)) {
        sum += count(counter);
      }
    }
    return sum;
  }

  /** The greatest value of a distribution over all steps that have it; 0 if none has. */
  long longest(String name) {
    MetricQueryResults metrics = result.metrics().queryMetrics(MetricsFilter.builder().build());
    long longest = 0;
    for (MetricResult<DistributionResult> distribution : metrics.getDistributions()) {
      if (distribution.getName().getName().equals(name)) {
        longest = Math.max(longest, distribution.getAttempted().getMax());
        if (distribution.hasCommitted()) {
          longest = Math.max(longest, distribution.getCommitted().getMax());
        }
      }
    }
    return longest;
  }

  /** Counters whose names begin alike, by the rest of their names, summed over all steps. */
  Map<String, Long> counters(String prefix) {
    MetricQueryResults metrics = result.metrics().queryMetrics(MetricsFilter.builder().build());
    Map<String, Long> sums = new HashMap<>();
    for (MetricResult<Long> counter : metrics.getCounters()) {
      String name = counter.getName().getName();
      if (name.startsWith(prefix)) {
        sums.merge(name.substring(prefix.length()), count(counter), Long::sum);
      }
    }
    return sums;
  }

  /**
   * What is attempted is told while a bundle runs, and by every runner. But DirectRunner adds a
   * bundle's last count only behind the bundle's result, and a pipeline may have ended by then:
   * what is committed has it.
   */
  private static long count(MetricResult<Long> counter) {
    return counter.hasCommitted()
        ? Math.max(counter.getAttempted(), counter.getCommitted())
        : counter.getAttempted();
  }
}
