package dev.larder.runners.spark;

import dev.larder.pipelines.run.RunnerProfile;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.spark.SparkContextOptions;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.runners.spark.coders.SparkRunnerKryoRegistrator;
import org.apache.beam.runners.spark.translation.SparkContextFactory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One SparkContext for all pipelines of the process: a stream is a loop of bounded pipelines, and a
 * context of its own would cost each of them seconds. A context that is already there
 * (spark-submit, Databricks) is used and never stopped by us. Spark stops its context by itself
 * when the JVM ends, in a hook of Hadoop's {@link ShutdownHookManager}.
 */
public final class SparkProfile implements RunnerProfile {
  /** Above Spark's own (40): the running batch is to end before the context does. */
  private static final int BEFORE_SPARK = 100;

  /** A little more than what waits for a batch gives it. */
  private static final long EXIT_SECONDS = 40;

  private static JavaSparkContext context;

  @Override
  public boolean serves(PipelineOptions options) {
    return options.getRunner() == SparkRunner.class;
  }

  @Override
  public void prepare(PipelineOptions options) {
    SparkContextOptions spark = options.as(SparkContextOptions.class);
    JavaSparkContext shared = shared(spark);
    SparkContextFactory.setProvidedSparkContext(shared);
    spark.setUsesProvidedSparkContext(true);
    spark.setProvidedSparkContext(shared);
  }

  @Override
  public void addExitTask(Thread task) {
    ShutdownHookManager.get().addShutdownHook(task, BEFORE_SPARK, EXIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void removeExitTask(Thread task) {
    ShutdownHookManager.get().removeShutdownHook(task);
  }

  private static synchronized JavaSparkContext shared(SparkPipelineOptions options) {
    if (context == null || context.sc().isStopped()) {
      SparkConf conf =
          new SparkConf()
              .setIfMissing("spark.master", options.getSparkMaster())
              .setIfMissing("spark.app.name", "larder")
              .setIfMissing("spark.ui.enabled", "false")
              .setIfMissing("spark.ui.showConsoleProgress", "false")
              // Kryo writes shuffled blocks about a quarter faster than Java serialisation.
              .setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
              .setIfMissing("spark.kryo.registrator", SparkRunnerKryoRegistrator.class.getName());
      context = JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(conf));
    }
    return context;
  }
}
