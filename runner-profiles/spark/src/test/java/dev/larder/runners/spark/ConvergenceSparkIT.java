package dev.larder.runners.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.run.RunnerProfile;
import dev.larder.testdata.delivery.Deliveries;
import dev.larder.testdata.delivery.ShopLog;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.LoadVault;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.runners.spark.SparkContextOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * One log through real pipelines into lakes: in one go, and as Kafka may deliver it, on
 * DirectRunner and on SparkRunner. The rows are the same in all columns; of hubs and links, whose
 * first sighting the cuts may decide, the keys. With other seeds: {@code
 * -Dconvergence.seeds=1,2,3}.
 */
public class ConvergenceSparkIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final String SEEDS = System.getProperty("convergence.seeds", "1");
  private static final VaultTables TABLES =
      VaultTables.of(VaultModelReader.read("vault.yaml", ShopLog.MODEL), ShopLog.TABLES, 2);
  private static final int CHANGES = 300;
  private static final int KEYS = 12;
  private static final int MOST = 100;
  private static final String SPARK = "SparkRunner";
  private static final String DIRECT = "DirectRunner";

  @Test
  public void everyDeliveryGivesTheSameRowsOnBothRunners() throws Exception {
    for (String text : SEEDS.split(",")) {
      long seed = Long.parseLong(text);
      List<ChangeRecord> log = ShopLog.of(seed, CHANGES, KEYS);
      String inOneGo = load("one-" + seed, DIRECT, List.of(log));
      String onSpark = load("spark-" + seed, SPARK, Deliveries.of(log, 3, MOST, seed));
      String onDirect = load("direct-" + seed, DIRECT, Deliveries.of(log, 1, MOST, -seed));

      for (VaultTable table : TABLES.tables()) {
        List<String> expected = rows(inOneGo, table);
        assertThat(table.name(), expected, is(not(empty())));
        assertThat(SPARK + " " + seed + " " + table.name(), rows(onSpark, table), is(expected));
        assertThat(DIRECT + " " + seed + " " + table.name(), rows(onDirect, table), is(expected));
      }
    }
  }

  @Test
  public void aPipelineOfFewGroupsHasFewPartitionsAndTheNextOneAllOfThem() {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs("--runner=" + SPARK, "--sparkMaster=local[2]").create();
    RunnerProfile profile = RunnerProfile.of(options);

    profile.prepare(options, 3);
    int few = options.as(SparkContextOptions.class).getProvidedSparkContext().defaultParallelism();
    profile.prepare(options);
    int all = options.as(SparkContextOptions.class).getProvidedSparkContext().defaultParallelism();

    assertThat(List.of(few, all), is(List.of(3, 16)));
  }

  private static String load(String name, String runner, List<List<ChangeRecord>> batches)
      throws Exception {
    String lake = FOLDER.newFolder(name).toString();
    DeltaTables.create(lake, TABLES.specs());
    for (int i = 0; i < batches.size(); i++) {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(
                  runner.equals(SPARK)
                      ? new String[] {"--runner=" + SPARK, "--sparkMaster=local[2]"}
                      : new String[] {"--runner=" + DIRECT})
              .create();
      RunnerProfile.of(options).prepare(options);
      Pipeline pipeline = Pipeline.create(options);
      pipeline
          .apply("Batch", Create.of(batches.get(i)).withCoder(ChangeRecordCoder.of()))
          .apply("Load vault", LoadVault.into(TABLES))
          .get(LoadVault.ROWS)
          .apply(
              "Write vault",
              DeltaIO.mergeRows()
                  .to(lake)
                  .withTables(TABLES.specs())
                  .withTransaction("delivery", i + 1));
      pipeline.run().waitUntilFinish();
    }
    return lake;
  }

  private static List<String> rows(String lake, VaultTable table) {
    boolean isFirst = table.spec().rule() instanceof LoadRule.InsertIfAbsent;
    List<String> rows = new ArrayList<>();
    try (var all = DeltaTable.of(lake, table.name()).latest().rows()) {
      all.forEachRemaining(
          row -> rows.add(Arrays.deepToString(isFirst ? new Object[] {row[0]} : row)));
    }
    rows.sort(null);
    return rows;
  }
}
