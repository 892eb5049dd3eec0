package dev.larder.io.delta.log;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a commit costs by the number of live files: look at the latest version, replace one file by
 * another in a new version, look at it again. Not part of the tests: {@code mvn test -pl io/delta
 * -am -Dtest=CommitBenchmark -Dsurefire.failIfNoSpecifiedTests=false}; the figures go to {@code
 * target/commits.txt}.
 */
public class CommitBenchmark {
  private static final Logger LOG = LoggerFactory.getLogger(CommitBenchmark.class);
  private static final int[] FILES = {10, 1_000, 10_000, 20_000, 100_000};
  private static final int COMMITS = Integer.getInteger("commits", 200);
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("total", ColumnType.decimal(10, 2)));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void commitsByLiveFiles() throws Exception {
    List<String> lines = new ArrayList<>();
    measure(1_000); // warms up
    for (int files : FILES) {
      lines.add(measure(files));
    }
    lines.forEach(LOG::info);
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "commits.txt"), lines);
  }

  private String measure(int files) throws Exception {
    TableStore store = TableStores.at(folder.newFolder().toString() + "/t");
    TableLog log = new StoredLog(store);
    LogCommit all = new LogCommit(TableOperation.WRITE, SCHEMA);
    for (int i = 0; i < files; i++) {
      all.added.add(file());
    }
    log.commit(all);
    double[] millis = new double[COMMITS];
    double[] cpu = new double[COMMITS];
    for (int i = 0; i < COMMITS; i++) {
      long cpuBefore = cpuNanos();
      long start = System.nanoTime();
      TableState state = log.latest().orElseThrow();
      LogCommit commit = new LogCommit(TableOperation.MERGE, SCHEMA);
      commit.reads(0, state.version());
      commit.removed.add(state.files().get(i % files));
      commit.added.add(file());
      commit.transaction = new LogCommit.Transaction("bench", i);
      log.commit(commit);
      log.latest();
      millis[i] = (System.nanoTime() - start) / 1e6;
      cpu[i] = (cpuNanos() - cpuBefore) / 1e6;
    }
    long start = System.nanoTime();
    log.checkpoint();
    double checkpoint = (System.nanoTime() - start) / 1e6;
    start = System.nanoTime();
    int live = new StoredLog(store).latest().orElseThrow().files().size();
    double load = (System.nanoTime() - start) / 1e6;
    Arrays.sort(millis);
    Arrays.sort(cpu);
    return String.format(
        Locale.ROOT,
        "%,9d files: commit median %.2f ms, p95 %.2f ms, CPU median %.2f ms;"
            + " checkpoint %.0f ms; loaded anew in %.0f ms",
        live,
        millis[COMMITS / 2],
        millis[COMMITS * 95 / 100],
        cpu[COMMITS / 2],
        checkpoint,
        load);
  }

  private static DataFile file() {
    String stats =
        "{\"numRecords\":1000,\"minValues\":{\"name\":\"aaaaaaaaaaaaaaaaaaaa\",\"total\":1.00},"
            + "\"maxValues\":{\"name\":\"zzzzzzzzzzzzzzzzzzzz\",\"total\":99999999.99},"
            + "\"nullCount\":{\"hk\":0,\"name\":0,\"total\":0}}";
    return new DataFile(
        "part-" + UUID.randomUUID() + ".parquet", 1 << 20, 1, stats, Map.of("larder.bucket", "0"));
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
