package dev.larder.peers.bench;

import dev.larder.io.delta.DeltaIO;
import dev.larder.runners.spark.SparkProfile;
import java.util.Locale;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.spark.SparkContextOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Larder's side of an append: {@code LarderAppend LAKE ROWS direct|spark}. */
public final class LarderAppend {
  private static final int ROWS_A_CHUNK = 100_000;

  private LarderAppend() {}

  public static void main(String[] args) {
    String lake = args[0];
    long rows = Long.parseLong(args[1]);
    if (args[2].equals("direct")) {
      append(directPipeline(), lake, rows);
    } else {
      try (JavaSparkContext context = context()) {
        append(sparkPipeline(context), lake, rows);
      }
    }
  }

  private static void append(Pipeline pipeline, String lake, long rows) {
    int chunks = (int) Math.max(2, rows / ROWS_A_CHUNK);
    Gauge gauge = new Gauge();
    pipeline
        .apply("Rows", new SatelliteRows(rows, 1, 0, chunks))
        .apply("Append", DeltaIO.writeRows().to(lake).withTransaction("bench", 0));
    pipeline.run().waitUntilFinish();
    gauge.print(
        String.format(Locale.ROOT, "larder append rowsPerSecond=%.0f", rows / gauge.wallSeconds()));
  }

  /** DirectRunner as a run would set it: the checks for tests are off. */
  static Pipeline directPipeline() {
    DirectOptions options =
        PipelineOptionsFactory.fromArgs("--targetParallelism=2").as(DirectOptions.class);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return Pipeline.create(options);
  }

  static Pipeline sparkPipeline(JavaSparkContext context) {
    SparkContextOptions options = PipelineOptionsFactory.as(SparkContextOptions.class);
    options.setRunner(SparkRunner.class);
    options.setUsesProvidedSparkContext(true);
    options.setProvidedSparkContext(context);
    options.setPreferGroupByKeyToHandleHugeValues(true);
    return Pipeline.create(options);
  }

  static JavaSparkContext context() {
    SparkConf conf =
        new SparkConf()
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.default.parallelism", "16");
    JavaSparkContext context = new JavaSparkContext(SparkProfile.withDefaults(conf, "local[2]"));
    context.setLogLevel("ERROR");
    return context;
  }
}
