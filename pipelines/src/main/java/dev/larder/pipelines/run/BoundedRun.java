package dev.larder.pipelines.run;

import dev.larder.io.delta.MetricNames;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** A pipeline that loads tables, for packages that build their own. */
public final class BoundedRun {

  private BoundedRun() {}

  /** Runs a pipeline to its end on the runner that the options name; returns rows added. */
  public static long rowsAdded(PipelineOptions options, Consumer<Pipeline> build) {
    return Pipelines.run(options, build).counter(MetricNames.ROWS_ADDED);
  }
}
