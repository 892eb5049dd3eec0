package dev.larder.io.delta.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.service.VacuumReport;
import dev.larder.io.delta.service.VacuumSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that merges is killed (-9) again and again while it writes files, between files and
 * commit, in and after a commit and in a checkpoint, and started again, until it is through.
 *
 * <p>The moments are drawn from {@code -Dlarder.kill.seed}; a run's seed is in its log and in its
 * failures.
 */
public class KilledMergesIT {
  private static final Logger LOG = LoggerFactory.getLogger(KilledMergesIT.class);
  private static final long SEED = Long.getLong("larder.kill.seed", 20_261_121L);
  private static final int BATCHES = Integer.getInteger("larder.kill.batches", 100);
  private static final long POLL_NANOS = 200_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Map<KillMoment.Step, Integer> kills = new EnumMap<>(KillMoment.Step.class);
  private Path lake;
  private long lastStart;

  @Test
  public void theTablesEqualTheModelAndOnlyFilesOfKilledAttemptsAreLeft() throws Exception {
    lake = folder.newFolder("lake").toPath();
    runAndKill();
    LOG.info("seed {}: killed at {}", SEED, kills);
    assertThat("kills, seed " + SEED, kills.size(), greaterThan(2));

    int left = 0;
    for (String table : Batches.TABLES) {
      assertEveryVersionEqualsTheModel(table);
      List<Path> unreferenced = unreferenced(table);
      left += unreferenced.size();
      for (Path file : unreferenced) {
        assertThat(
            file + " was left by the run that was not killed, seed " + SEED,
            Files.getLastModifiedTime(file).toMillis(),
            lessThan(lastStart));
      }
    }
    assertThat("files of killed attempts, seed " + SEED, left, greaterThan(0));
    for (String table : Batches.TABLES) {
      assertVacuumDeletesExactlyWhatIsNotLive(table);
    }
  }

  private void runAndKill() throws Exception {
    Random random = new Random(SEED);
    Path said = folder.newFile("said").toPath();
    List<Path> tables = Batches.TABLES.stream().map(lake::resolve).toList();
    List<String> arguments = List.of(lake.toString(), Integer.toString(BATCHES));
    while (true) {
      KillMoment moment = KillMoment.choose(random, tables);
      lastStart = System.currentTimeMillis();
      try (ChildJvm loop = ChildJvm.start(said, BatchLoop.class, arguments)) {
        while (loop.isAlive() && !moment.hasCome()) {
          LockSupport.parkNanos(POLL_NANOS);
        }
        if (!moment.hasCome()) {
          loop.awaitSuccess(1);
          return;
        }
        loop.kill();
        kills.merge(moment.step(), 1, Integer::sum);
      }
    }
  }

  private void assertEveryVersionEqualsTheModel(String name) throws IOException {
    DeltaTable table = DeltaTable.of(lake.toString(), name);
    BatchModel model = new BatchModel();
    long loaded = -1;
    for (long version = 0; version <= table.latest().version(); version++) {
      for (long batch = batch(name, version, loaded); loaded < batch; ) {
        model.load(++loaded);
      }
      assertThat(
          name + ", version " + version + ", seed " + SEED,
          Rows.read(table.at(version)),
          is(model.rows(name)));
    }
    assertThat(loaded, is(BATCHES - 1L));
    assertThat(table.batch(BatchLoop.APP), is(BATCHES - 1L));
  }

  private void assertVacuumDeletesExactlyWhatIsNotLive(String name) throws IOException {
    DeltaTable table = DeltaTable.of(lake.toString(), name);
    List<String> rows = Rows.read(table.latest());
    Set<String> live = names(table.latest().files().stream().map(Path::of).toList());
    Set<String> rest = names(files(lake.resolve(name)));
    rest.removeAll(live);

    VacuumReport report =
        table.vacuum(
            VacuumSettings.DEFAULT
                .withRetention(Duration.ZERO)
                .withShortRetention(VacuumSettings.ShortRetention.FORCE));

    assertThat(Set.copyOf(report.deleted()), is(rest));
    assertThat(names(files(lake.resolve(name))), is(live));
    assertThat(Rows.read(table.latest()), is(rows));
  }

  private static Set<String> names(List<Path> files) {
    Set<String> names = new TreeSet<>();
    files.forEach(file -> names.add(file.getFileName().toString()));
    return names;
  }

  /** The batch that a version holds; the one before it if it holds none. */
  private long batch(String table, long version, long before) throws IOException {
    for (JsonNode action : actions(table, version)) {
      if (action.has("txn")) {
        return action.get("txn").get("version").asLong();
      }
    }
    return before;
  }

  private List<JsonNode> actions(String table, long version) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    Path log = lake.resolve(table).resolve("_delta_log");
    for (String line : Files.readAllLines(log.resolve(String.format("%020d.json", version)))) {
      actions.add(JSON.readTree(line));
    }
    return actions;
  }

  /** Data files that no version names. */
  private List<Path> unreferenced(String table) throws IOException {
    Set<String> named = new TreeSet<>();
    long latest = DeltaTable.of(lake.toString(), table).latest().version();
    for (long version = 0; version <= latest; version++) {
      for (JsonNode action : actions(table, version)) {
        if (action.has("add")) {
          named.add(action.get("add").get("path").asText());
        }
      }
    }
    List<Path> files = new ArrayList<>(files(lake.resolve(table)));
    assertThat("the files that versions name", named, everyItem(is(in(names(files)))));
    files.removeIf(file -> named.contains(file.getFileName().toString()));
    return files;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isRegularFile).toList();
    }
  }
}
