package dev.larder.runners.spark;

import dev.larder.pipelines.run.RunnerProfile;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final int PARTITIONS_A_THREAD = 8;
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\*|\\d{1,4})(?:,.*)?]");

  private static final String MASTER = "spark.master";
  private static final String PARALLELISM = "spark.default.parallelism";

  /** Of a context that is ours, where nobody said into how many partitions rows are grouped. */
  private static final String GROUPED_AS_NEEDED = "spark.larder.groupedAsNeeded";

  private static JavaSparkContext context;

  @Override
  public boolean serves(PipelineOptions options) {
    return options.getRunner() == SparkRunner.class;
  }

  @Override
  public void prepare(PipelineOptions options) {
    prepare(options, Integer.MAX_VALUE);
  }

  @Override
  public void prepare(PipelineOptions options, int groups) {
    SparkContextOptions spark = options.as(SparkContextOptions.class);
    JavaSparkContext shared = shared(spark);
    SparkContextFactory.setProvidedSparkContext(shared);
    spark.setUsesProvidedSparkContext(true);
    spark.setProvidedSparkContext(shared);
    // What we group are blocks of rows, few and large: they are handed on as they are read. Beam's
    // default gathers the values of each key in memory, on both sides of the shuffle.
    spark.setPreferGroupByKeyToHandleHugeValues(true);
    SparkConf conf = shared.sc().conf();
    if (conf.getBoolean(GROUPED_AS_NEEDED, false)) {
      // Beam and, on one machine, Spark ask for it anew whenever rows are grouped.
      partitions(conf.get(MASTER), groups).ifPresent(count -> conf.set(PARALLELISM, count));
    }
  }

  @Override
  public int workers(PipelineOptions options) {
    SparkContext spark = shared(options.as(SparkContextOptions.class)).sc();
    int running = spark.getExecutorMemoryStatus().size() - 1; // the driver is one of them
    return workers(spark.conf(), running);
  }

  /** The executors that run, or that may yet come. */
  static int workers(SparkConf conf, int running) {
    if (LOCAL.matcher(conf.get(MASTER, "")).matches()) {
      return 1;
    }
    String most =
        conf.getBoolean("spark.dynamicAllocation.enabled", false)
            ? "spark.dynamicAllocation.maxExecutors"
            : "spark.executor.instances";
    return Math.max(1, Math.max(running, conf.getInt(most, 0)));
  }

  @Override
  public void addExitTask(Thread task) {
    ShutdownHookManager.get().addShutdownHook(task, BEFORE_SPARK, EXIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void removeExitTask(Thread task) {
    ShutdownHookManager.get().removeShutdownHook(task);
  }

  /**
   * Into how many partitions rows are grouped on one machine: eight times its threads, because a
   * partition is in memory when it is sorted, and one that got the larger parts does not leave the
   * other threads waiting; where there are fewer groups, as many as these, for an empty task costs
   * some 15 ms of CPU, too, but no fewer than threads. A cluster has its own default.
   */
  static Optional<String> partitions(String master, int groups) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return Optional.empty();
    }
    String threads = local.group(1);
    int count =
        threads.equals("*")
            ? Runtime.getRuntime().availableProcessors()
            : Integer.parseInt(threads);
    return Optional.of(
        Integer.toString(Math.max(count, Math.min(groups, PARTITIONS_A_THREAD * count))));
  }

  private static synchronized JavaSparkContext shared(SparkPipelineOptions options) {
    if (context == null || context.sc().isStopped()) {
      SparkConf conf = withDefaults(new SparkConf(), options.getSparkMaster());
      context = JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(conf));
    }
    return context;
  }

  /**
   * Sets what is not configured yet as suits us.
   *
   * @param master to be used if the configuration has none
   * @return the same configuration
   */
  public static SparkConf withDefaults(SparkConf conf, String master) {
    conf.setIfMissing(MASTER, master)
        .setIfMissing("spark.app.name", "larder")
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        // One serialiser for all partitions of a task, not one for each, and one file.
        .setIfMissing("spark.shuffle.sort.bypassMergeThreshold", "1")
        // Kryo writes shuffled blocks about a quarter faster than Java serialisation.
        .setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .setIfMissing("spark.kryo.registrator", SparkRunnerKryoRegistrator.class.getName());
    if (LOCAL.matcher(conf.get(MASTER)).matches()) {
      // Blocks are hashes for the most part: a third fewer bytes are worth it on a network alone.
      conf.setIfMissing("spark.shuffle.compress", "false");
    }
    return conf.set(GROUPED_AS_NEEDED, Boolean.toString(!conf.contains(PARALLELISM)));
  }
}
