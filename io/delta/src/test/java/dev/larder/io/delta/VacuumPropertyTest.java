package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.VacuumSettings;
import dev.larder.io.delta.service.VacuumTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Tables whose versions are a day apart; vacuum with its retention of a week. */
class VacuumPropertyTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final int RETENTION = 7;

  @Property(tries = 25)
  void everyVersionThatWasTheLatestWithinTheRetentionReadsBackEqual(
      @ForAll @Size(min = 1, max = 14) List<@IntRange(max = 4) Integer> steps,
      @ForAll @IntRange(min = 0, max = 25) int today)
      throws IOException {
    Path lake = Files.createTempDirectory("vacuum-property");
    try {
      DeltaTable table = DeltaTable.of(lake.toString(), "t");
      table.append(SCHEMA, List.<Object[]>of(new Object[] {-1L}).iterator());
      for (int i = 0; i < steps.size(); i++) {
        step(steps.get(i), i, lake, table);
      }
      long latest = table.latest().version();
      List<List<String>> rows =
          Stream.iterate(0L, version -> version <= latest, version -> version + 1)
              .map(version -> Rows.read(table.at(version)))
              .toList();
      DeltaTable aged = aged(lake);
      Instant now = FIRST.plus(DAY.multipliedBy(today)).plusSeconds(60);

      new VacuumTable("t", DeltaLogs.of(lake.toString(), "aged/t"), VacuumSettings.DEFAULT)
          .run(now);

      long oldest = Math.min(latest, Math.max(0, today - RETENTION));
      for (long version = oldest; version <= latest; version++) {
        assertThat(Rows.read(aged.at(version)), is(rows.get((int) version)));
      }
      assertThat(onDisk(lake), is(expected(lake, oldest, latest, today)));
    } finally {
      delete(lake);
    }
  }

  private static void step(int step, int number, Path lake, DeltaTable table) {
    TableLog log = DeltaLogs.of(lake.toString(), "t");
    TableState state = log.latest().orElseThrow();
    switch (step) {
      case 0, 1 -> table.append(SCHEMA, List.<Object[]>of(new Object[] {(long) number}).iterator());
      case 2 -> {
        LogCommit delete = new LogCommit(TableOperation.DELETE, state.schema());
        delete.readVersion = state.version();
        state.files().stream().limit(1).forEach(delete.removed::add);
        log.commit(delete);
      }
      case 3 -> table.optimize(OptimizeSettings.DEFAULT);
      default -> table.restore(state.version() / 2);
    }
  }

  /** The table under another name, where version n, and files that it wrote, are of day n. */
  private static DeltaTable aged(Path lake) throws IOException {
    TableLog log = DeltaLogs.of(lake.toString(), "t");
    long latest = log.latest().orElseThrow().version();
    Set<String> known = new HashSet<>();
    Path folder = lake.resolve("t/_delta_log");
    for (long version = 0; version <= latest; version++) {
      Instant day = FIRST.plus(DAY.multipliedBy(version));
      Path commit = folder.resolve(String.format("%020d.json", version));
      String removed = "\"deletionTimestamp\":";
      Files.writeString(
          commit,
          Files.readString(commit)
              .replaceAll(removed + "\\d+", removed + day.toEpochMilli())
              .replaceAll("larder\\.crc32c", "changed.on.purpose"));
      FileTime time = FileTime.from(day);
      Files.setLastModifiedTime(commit, time);
      for (var file : log.at(version).files()) {
        if (known.add(file.path())) {
          Files.setLastModifiedTime(lake.resolve("t").resolve(file.path()), time);
        }
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> !each.toString().endsWith(".json")).toList()) {
        Files.delete(file); // checkpoints, which know other times
      }
    }
    Files.deleteIfExists(folder.resolve("_last_checkpoint"));
    Files.createDirectories(lake.resolve("aged"));
    Files.move(lake.resolve("t"), lake.resolve("aged/t"));
    return DeltaTable.of(lake.toString(), "aged/t");
  }

  /** Files of the versions from the oldest on, and those that are too young. */
  private static Set<String> expected(Path lake, long oldest, long latest, int today)
      throws IOException {
    Set<String> expected = new HashSet<>();
    TableLog log = DeltaLogs.of(lake.toString(), "aged/t");
    for (long version = oldest; version <= latest; version++) {
      log.at(version).files().forEach(file -> expected.add(file.path()));
    }
    FileTime horizon =
        FileTime.from(FIRST.plus(DAY.multipliedBy(today - RETENTION)).plusSeconds(60));
    for (String name : onDisk(lake)) {
      if (Files.getLastModifiedTime(lake.resolve("aged/t").resolve(name)).compareTo(horizon) >= 0) {
        expected.add(name);
      }
    }
    return expected;
  }

  private static Set<String> onDisk(Path lake) throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.list(lake.resolve("aged/t"))) {
      files.filter(Files::isRegularFile).forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
