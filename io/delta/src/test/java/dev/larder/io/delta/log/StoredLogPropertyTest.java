package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two writers with states of their own, a third who comes anew, checkpoints and clean-ups: all see
 * what a plain model of the table says, and so does every version that is kept.
 */
class StoredLogPropertyTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final int STEPS = 30;

  @Property(tries = 8)
  void everyoneSeesTheModel(@ForAll long seed) throws IOException {
    Path directory = Files.createTempDirectory("stored-log");
    try {
      new Run(TableStores.at(directory.resolve("t").toString()), new Random(seed)).run();
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static final class Run {
    private final TableStore store;
    private final Random random;
    private final TableLog[] writers;
    private final Map<Long, TreeSet<String>> versions = new TreeMap<>();
    private final Map<String, Long> batches = new HashMap<>();
    private long oldest;
    private int names;

    Run(TableStore store, Random random) {
      this.store = store;
      this.random = random;
      this.writers = new TableLog[] {new StoredLog(store), new StoredLog(store)};
    }

    void run() {
      commit(writers[0]);
      for (int i = 0; i < STEPS; i++) {
        TableLog writer = writers[random.nextInt(writers.length)];
        switch (random.nextInt(10)) {
          case 0 -> writer.checkpoint();
          case 1 -> oldest = writer.cleanUp(Duration.ZERO).oldestVersion();
          case 2 -> check(new StoredLog(store));
          default -> commit(writer);
        }
        check(writers[random.nextInt(writers.length)]);
      }
      versions.forEach(this::checkVersion);
    }

    private void commit(TableLog writer) {
      LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
      List<DataFile> live =
          writer.latest().map(state -> new ArrayList<>(state.files())).orElse(new ArrayList<>());
      TreeSet<String> model = new TreeSet<>(live.stream().map(DataFile::path).toList());
      for (int i = random.nextInt(3); i >= 0; i--) {
        DataFile file = file();
        commit.added.add(file);
        model.add(file.path());
      }
      for (int i = random.nextInt(3); i > 0 && !live.isEmpty(); i--) {
        DataFile gone = live.remove(random.nextInt(live.size()));
        commit.removed.add(gone);
        model.remove(gone.path());
      }
      if (random.nextInt(3) == 0 && !live.isEmpty()) {
        DataFile folded = live.remove(random.nextInt(live.size()));
        commit.foldedAway.add(folded);
        commit.folded.add(file());
        model.remove(folded.path());
        model.add(commit.folded.get(0).path());
      }
      String app = "app" + random.nextInt(2);
      long batch = Math.max(0, batches.getOrDefault(app, -1L) + random.nextInt(2));
      boolean repeated = batch <= batches.getOrDefault(app, -1L);
      commit.transaction = new LogCommit.Transaction(app, batch);

      LogCommit.Outcome outcome = writer.commit(commit);

      assertThat(outcome.alreadyCommitted(), is(repeated));
      if (!repeated) {
        assertThat(versions.containsKey(outcome.version()), is(false));
        versions.put(outcome.version(), model);
        batches.put(app, batch);
      }
    }

    private DataFile file() {
      return new DataFile(
          "f" + names++, 1, 1, "{\"numRecords\":1}", DataFile.bucketTag(random.nextInt(3)));
    }

    private void check(TableLog log) {
      if (versions.isEmpty()) {
        return;
      }
      long latest = versions.size() - 1L;
      TableState state = log.latest().orElseThrow();
      assertThat(state.version(), is(latest));
      assertThat(paths(state), is(versions.get(latest)));
      batches.forEach((app, batch) -> assertThat(log.batch(app), is(batch)));
    }

    private void checkVersion(long version, TreeSet<String> model) {
      if (version >= oldest) {
        assertThat(paths(new StoredLog(store).at(version)), is(model));
      }
    }

    private static TreeSet<String> paths(TableState state) {
      return new TreeSet<>(state.files().stream().map(DataFile::path).toList());
    }
  }
}
