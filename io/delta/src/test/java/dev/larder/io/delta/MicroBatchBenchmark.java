package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a small batch over many tables costs on DirectRunner. Not part of the tests: {@code mvn test
 * -pl io/delta -am -Dtest=MicroBatchBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dbatches=30
 * -Dbuckets=2}; the figures go to {@code target/micro-batches.txt}.
 */
public class MicroBatchBenchmark {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatchBenchmark.class);
  private static final int BATCHES = Integer.getInteger("batches", 30);
  private static final int BUCKETS = Integer.getInteger("buckets", 2);
  private static final int ROWS = 50;
  private static final int KEYS = 2_000;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("hashdiff", ColumnType.BINARY),
          Column.nullable("_seq", ColumnType.STRING),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("total", ColumnType.decimal(10, 2)),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Random random = new Random(1);
  private long order;

  @Test
  public void aLoopOfSmallBatches() throws Exception {
    List<TableSpec> specs = specs();
    String lake = folder.getRoot().toString();
    DeltaTables.create(lake, specs);
    List<String> lines = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      List<TableRow> rows = rows(specs);
      long start = System.nanoTime();
      long cpu = cpuNanos();
      Pipeline pipeline =
          Pipeline.create(
              PipelineOptionsFactory.fromArgs(
                      "--enforceImmutability=false",
                      "--enforceEncodability=false",
                      "--targetParallelism=2")
                  .create());
      pipeline
          .apply(Create.of(rows).withCoder(TableRowCoder.of()))
          .apply(DeltaIO.mergeRows().to(lake).withTables(specs).withTransaction("bench", batch));
      pipeline.run().waitUntilFinish();
      lines.add(
          String.format(
              Locale.ROOT,
              "batch %d: %d ms, %d ms of CPU",
              batch,
              (System.nanoTime() - start) / 1_000_000,
              (cpuNanos() - cpu) / 1_000_000));
      LOG.info("{}", lines.get(batch));
    }
    Files.write(Path.of("target", "micro-batches.txt"), lines);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static List<TableSpec> specs() {
    List<TableSpec> specs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      specs.add(new TableSpec("bronze/" + i, SCHEMA, new LoadRule.Append(), 1, Map.of()));
      specs.add(spec("vault/hub_" + i, new LoadRule.InsertIfAbsent(List.of("hk"))));
      specs.add(
          spec(
              "vault/sat_" + i,
              new LoadRule.InsertIfChanged(List.of("hk"), "_seq", List.of("hashdiff"))));
      specs.add(
          i == 0
              ? spec(
                  "vault/history",
                  new LoadRule.Scd2(
                      List.of("hk"), List.of("hashdiff"), "from", "to", "current", 1L << 50))
              : spec("vault/link_" + i, new LoadRule.InsertIfAbsent(List.of("hk"))));
    }
    return specs;
  }

  private static TableSpec spec(String name, LoadRule rule) {
    return new TableSpec(name, SCHEMA, rule, BUCKETS, Map.of());
  }

  private List<TableRow> rows(List<TableSpec> specs) {
    List<TableRow> rows = new ArrayList<>();
    for (TableSpec spec : specs) {
      for (int i = 0; i < ROWS; i++) {
        byte[] hk = new byte[32];
        new Random(random.nextInt(KEYS)).nextBytes(hk);
        byte[] diff = new byte[32];
        new Random(random.nextInt(4)).nextBytes(diff);
        Object[] values = {
          hk,
          diff,
          Rows.seq(++order).text(),
          "name " + order,
          new java.math.BigDecimal("12.34"),
          spec.rule() instanceof LoadRule.Scd2 ? order : null,
          null,
          null
        };
        rows.add(Rows.put(spec.name(), SCHEMA, order, values));
      }
    }
    return rows;
  }
}
