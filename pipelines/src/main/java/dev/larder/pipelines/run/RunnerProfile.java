package dev.larder.pipelines.run;

import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a runner needs to be told before Larder's pipelines run on it. A profile is found by {@link
 * ServiceLoader}, so that pipelines depend on no runner.
 */
public interface RunnerProfile {

  /** Whether this profile is for the runner of these options. */
  boolean serves(PipelineOptions options);

  /** Called before each pipeline; what needs doing once a process is done at the first call. */
  void prepare(PipelineOptions options);

  /**
   * The same for a pipeline of few rows: more tasks than groups would only cost.
   *
   * @param groups how many keys its steps group by at the most, and how many bundles it begins with
   */
  default void prepare(PipelineOptions options, int groups) {
    prepare(options);
  }

  /** How many processes do the work of a pipeline, at the most as far as it is known. */
  default int workers(PipelineOptions options) {
    return 1;
  }

  /**
   * Has a task run when the JVM is told to end, while the runner still works.
   *
   * @throws IllegalStateException if the JVM is ending already
   */
  default void addExitTask(Thread task) {
    Runtime.getRuntime().addShutdownHook(task);
  }

  /**
   * Takes back {@link #addExitTask}.
   *
   * @throws IllegalStateException if the JVM is ending already
   */
  default void removeExitTask(Thread task) {
    Runtime.getRuntime().removeShutdownHook(task);
  }

  /** The profile for the runner of these options; one that changes nothing if there is none. */
  static RunnerProfile of(PipelineOptions options) {
    for (RunnerProfile profile : ServiceLoader.load(RunnerProfile.class)) {
      if (profile.serves(options)) {
        return profile;
      }
    }
    return new RunnerProfile() {
      @Override
      public boolean serves(PipelineOptions any) {
        return true;
      }

      @Override
      public void prepare(PipelineOptions any) {
        // The runner's own settings.
      }
    };
  }
}
