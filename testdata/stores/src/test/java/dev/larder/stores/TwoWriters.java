package dev.larder.stores;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStores;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Two processes that commit to one table at the same time ({@link CommitterMain}). */
final class TwoWriters {
  private static final String TABLE = "t";

  private final String lake;
  private final int commits;

  TwoWriters(String lake, int commits) {
    this.lake = lake;
    this.commits = commits;
  }

  /**
   * Runs both to their ends.
   *
   * @param options of the JVMs
   */
  void run(Path logs, List<String> options) throws Exception {
    Files.createDirectories(logs);
    List<Process> writers = new ArrayList<>();
    try {
      for (String appId : List.of("a", "b")) {
        writers.add(start(appId, logs.resolve(appId + ".log").toFile(), options));
      }
      for (Process writer : writers) {
        assertThat("exit code; see " + logs, writer.waitFor(), is(0));
      }
    } finally {
      writers.forEach(Process::destroyForcibly);
    }
  }

  private Process start(String appId, File log, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(CommitterMain.class.getName(), lake, TABLE, appId, Integer.toString(commits)));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  /** Every row of both is there once, and every version. */
  void assertNothingIsLostOrDoubled() {
    DeltaTable table = DeltaTable.of(lake, TABLE);
    Map<Object, List<Object>> batches = new TreeMap<>();
    try (RowIterator rows = table.latest().rows()) {
      rows.forEachRemaining(
          row -> batches.computeIfAbsent(row[0], any -> new ArrayList<>()).add(row[1]));
    }
    List<Object> all = LongStream.range(0, commits).boxed().map(b -> (Object) b).toList();
    batches.values().forEach(written -> written.sort(null));
    assertThat(batches, is(Map.of("a", all, "b", all)));
    assertThat(table.latest().version(), is(2L * commits - 1));
    assertThat(versions(), is(LongStream.range(0, 2L * commits).boxed().toList()));
  }

  private List<Long> versions() {
    return TableStores.of(lake, TABLE).list("_delta_log").stream()
        .map(StoredFile::name)
        .filter(name -> name.matches("_delta_log/\\d{20}\\.json"))
        .map(name -> Long.valueOf(name.substring(11, 31)))
        .sorted()
        .toList();
  }
}
