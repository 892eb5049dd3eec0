package dev.larder.io.delta;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * What reading costs in CPU time: satellite rows of 120 bytes, sorted by hash key in each file. Not
 * part of the tests: {@code mvn test -pl io/delta -am -Dtest=ReadBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false -Drows=2000000}; the figures go to {@code
 * target/reads.txt}.
 */
public class ReadBenchmark {
  private static final int ROWS = Integer.getInteger("rows", 2_000_000);
  private static final int FILES = 4;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("hashdiff", ColumnType.BINARY),
          Column.nullable("_seq", ColumnType.STRING),
          Column.nullable("load_date", ColumnType.TIMESTAMP),
          Column.nullable("price", ColumnType.decimal(10, 2)),
          Column.nullable("name", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final List<String> lines = new ArrayList<>();
  private final Random random = new Random(1);

  @Test
  public void reads() throws Exception {
    String lake = folder.getRoot().toString();
    DeltaTable table = DeltaTable.of(lake, "sat");
    for (int file = 0; file < FILES; file++) {
      table.append(SCHEMA, rows(ROWS / FILES));
    }
    DeltaSnapshot stored = table.latest();
    byte[] key = key(ROWS / FILES / 2);
    for (int run = 0; run < 5; run++) {
      measure("all columns", () -> count(stored.rows()));
      measure("key only", () -> count(stored.rows(List.of("hk"))));
      measure("one key of sorted files", () -> count(stored.rows(Filter.equalTo("hk", key))));
      measure("a seldom value", () -> count(stored.rows(Filter.equalTo("name", "n7"))));
      measure("readRows, DirectRunner", () -> pipeline(lake));
    }
    Files.write(Path.of("target", "reads.txt"), lines);
  }

  private Iterator<Object[]> rows(int count) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public Object[] next() {
        byte[] diff = new byte[32];
        random.nextBytes(diff);
        Object[] row = {
          key(next),
          diff,
          Rows.seq(next).text(),
          1_711_850_400_000_000L + next,
          java.math.BigDecimal.valueOf(random.nextInt(10_000), 2),
          "n" + random.nextInt(1_000)
        };
        next++;
        return row;
      }
    };
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(32)
        .putInt(number * 4_000)
        .putLong(number * 0x9E3779B97F4A7C15L)
        .array();
  }

  private static long count(RowIterator rows) {
    long count = 0;
    try (rows) {
      while (rows.hasNext()) {
        rows.next();
        count++;
      }
    }
    return count;
  }

  private static long pipeline(String lake) {
    DirectOptions options =
        PipelineOptionsFactory.fromArgs("--targetParallelism=2").as(DirectOptions.class);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(DeltaIO.readRows().from(lake, "sat")).apply(Count.<TableRow>globally());
    pipeline.run().waitUntilFinish();
    return ROWS;
  }

  private interface Work {
    long run();
  }

  private void measure(String what, Work work) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    long rows = work.run();
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d rows, %.3f s of CPU, %.3f s, %.2f M table rows/s of CPU",
            what,
            rows,
            cpuSeconds,
            (System.nanoTime() - wall) / 1e9,
            ROWS / 1e6 / cpuSeconds));
  }
}
