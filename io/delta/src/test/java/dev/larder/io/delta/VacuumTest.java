package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.LogCommit;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableOperation;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.service.OptimizeSettings;
import dev.larder.io.delta.service.VacuumReport;
import dev.larder.io.delta.service.VacuumSettings;
import dev.larder.io.delta.service.VacuumSettings.Mode;
import dev.larder.io.delta.service.VacuumSettings.ShortRetention;
import dev.larder.io.delta.service.VacuumTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class VacuumTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final VacuumSettings NOTHING_OLD =
      VacuumSettings.DEFAULT.withRetention(Duration.ZERO).withShortRetention(ShortRetention.FORCE);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private String lake;
  private DeltaTable table;

  @Before
  public void table() {
    pipeline.enableAbandonedNodeEnforcement(false);
    lake = folder.getRoot().toString();
    table = DeltaTable.of(lake, "t");
  }

  private void append(long... ids) {
    table.append(SCHEMA, rows(ids));
  }

  private static Iterator<Object[]> rows(long... ids) {
    List<Object[]> rows = new ArrayList<>();
    for (long id : ids) {
      rows.add(new Object[] {id});
    }
    return rows.iterator();
  }

  private TableLog log() {
    return DeltaLogs.of(lake, "t");
  }

  private VacuumReport vacuumInAMonth(VacuumSettings settings) {
    return new VacuumTable("t", log(), settings).run(Instant.now().plus(Duration.ofDays(30)));
  }

  private List<String> dataFiles() throws IOException {
    try (var files = Files.list(folder.getRoot().toPath().resolve("t"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .sorted()
          .toList();
    }
  }

  @Test
  public void filesOfOldVersionsAndOfKilledWritersGoAndTheLatestVersionStays() throws IOException {
    append(1, 2);
    append(3);
    table.optimize(OptimizeSettings.DEFAULT);
    Path orphan = folder.getRoot().toPath().resolve("t/part-orphan.parquet");
    Files.write(orphan, new byte[100]);
    long before = log().latest().orElseThrow().files().get(0).size();

    VacuumReport report = vacuumInAMonth(VacuumSettings.DEFAULT);

    assertThat(dataFiles(), hasSize(1));
    assertThat(Rows.read(table.latest()), contains("[1]", "[2]", "[3]"));
    assertThat(report.deleted(), hasSize(3));
    assertThat(report.deleted().contains("part-orphan.parquet"), is(true));
    assertThat(report.version(), is(2L));
    assertThat(report.filesNeeded(), is(1));
    assertThat(report.bytesNeeded(), is(before));
    assertThat(report.filesYoung(), is(0));
    assertThat(
        assertThrows(SinkException.class, () -> Rows.read(table.at(1)))
            .getMessage()
            .contains("vacuum"),
        is(true));
  }

  @Test
  public void filesWithinTheRetentionStay() throws IOException {
    append(1, 2);
    append(3);
    table.optimize(OptimizeSettings.DEFAULT);
    Files.write(folder.getRoot().toPath().resolve("t/part-coming.parquet"), new byte[100]);

    VacuumReport report = table.vacuum(VacuumSettings.DEFAULT);

    assertThat(report.deleted(), is(empty()));
    assertThat(report.filesNeeded(), is(3));
    assertThat(report.filesYoung(), is(1));
    assertThat(dataFiles(), hasSize(4));
    assertThat(Rows.read(table.at(0)), contains("[1]", "[2]"));
  }

  @Test
  public void aDryRunSaysWhatWouldGoAndDeletesNothing() throws IOException {
    append(1);
    append(2);
    table.optimize(OptimizeSettings.DEFAULT);

    VacuumReport dry = vacuumInAMonth(VacuumSettings.DEFAULT.withMode(Mode.DRY_RUN));

    assertThat(dry.mode(), is(Mode.DRY_RUN));
    assertThat(dry.deleted(), hasSize(2));
    assertThat(dataFiles(), hasSize(3));
    assertThat(vacuumInAMonth(VacuumSettings.DEFAULT).deleted(), is(dry.deleted()));
    assertThat(dataFiles(), hasSize(1));
  }

  @Test
  public void aShortRetentionMustBeForced() throws IOException {
    append(1);
    append(2);
    table.optimize(OptimizeSettings.DEFAULT);

    UserException refused =
        assertThrows(
            UserException.class,
            () -> table.vacuum(VacuumSettings.DEFAULT.withRetention(Duration.ofHours(1))));

    assertThat(
        refused.getMessage(),
        is(
            table
                + ": a retention of PT1H is shorter than the table's PT168H"
                + " (delta.deletedFileRetentionDuration). Files that readers or writers still use"
                + " could be deleted, and older versions can no longer be read. Take PT168H or more,"
                + " or force it once nothing else reads or writes the table."));
    assertThat(
        assertThrows(
                UserException.class,
                () -> table.vacuum(NOTHING_OLD.withRetention(Duration.ofHours(-1))))
            .getMessage(),
        is(table + ": a retention of PT-1H lies in the future."));
    assertThat(dataFiles(), hasSize(3));
    new VacuumTable("t", log(), NOTHING_OLD).run(Instant.now().plusSeconds(60));
    assertThat(dataFiles(), hasSize(1));
  }

  @Test
  public void filesInPartitionsAreFoundUnderTheirEncodedPaths() throws IOException {
    append(1);
    append(2);
    TableState state = log().latest().orElseThrow();
    Path root = folder.getRoot().toPath().resolve("t");
    Files.createDirectories(root.resolve("day=1 %"));
    LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
    commit.readVersion = state.version();
    for (DataFile file : state.files()) {
      Files.move(root.resolve(file.path()), root.resolve("day=1 %").resolve(file.path()));
      commit.removed.add(file);
    }
    DataFile relative = state.files().get(0);
    DataFile absolute = state.files().get(1);
    commit.added.add(moved(relative, "day=1%20%25/" + relative.path()));
    commit.added.add(moved(absolute, root.toUri() + "day=1%20%25/" + absolute.path()));
    log().commit(commit);

    VacuumReport report = vacuumInAMonth(VacuumSettings.DEFAULT);

    assertThat(report.deleted(), is(empty()));
    assertThat(report.filesNeeded(), is(2));
    assertThat(Rows.read(table.latest()), contains("[1]", "[2]"));
  }

  private static DataFile moved(DataFile file, String path) {
    return new DataFile(path, file.size(), file.modifiedAt(), file.stats(), file.tags());
  }

  @Test
  public void manyTablesAreVacuumedByOnePipeline() {
    for (String name : List.of("a", "b")) {
      DeltaTable each = DeltaTable.of(lake, name);
      each.append(SCHEMA, rows(1));
      each.append(SCHEMA, rows(2));
    }

    PCollection<VacuumReport> reports =
        pipeline.apply(
            DeltaIO.vacuum()
                .tables(lake, List.of("a", "b"))
                .withRetention(Duration.ofDays(10))
                .withMode(Mode.DRY_RUN)
                .withShortRetention(ShortRetention.REFUSE));

    PAssert.that(reports)
        .satisfies(
            all -> {
              List<String> tables = new ArrayList<>();
              for (VacuumReport report : all) {
                tables.add(report.table());
                assertThat(report.deleted(), is(empty()));
                assertThat(report.filesNeeded(), is(2));
              }
              tables.sort(null);
              assertThat(tables, contains("a", "b"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void tombstonesThatTheLogHasForgottenAreKnownFromItsVersions() throws IOException {
    append(1);
    table.replace(SCHEMA, rows(2));
    Path log = folder.getRoot().toPath().resolve("t/_delta_log");
    Instant longAgo = Instant.now().minus(Duration.ofDays(40));
    Path first = log.resolve("00000000000000000000.json");
    Path second = log.resolve("00000000000000000001.json");
    Files.writeString(
        second,
        Files.readString(second)
            .replaceAll("\"deletionTimestamp\":\\d+,", "")
            .replaceAll("larder\\.crc32c", "changed.on.purpose"));
    Files.setLastModifiedTime(first, FileTime.from(longAgo));
    for (DataFile file : log().at(0).files()) {
      Files.setLastModifiedTime(
          folder.getRoot().toPath().resolve("t").resolve(file.path()), FileTime.from(longAgo));
    }
    folder.newFolder("moved");
    Files.move(
        folder.getRoot().toPath().resolve("t"), folder.getRoot().toPath().resolve("moved/t"));
    DeltaTable moved = DeltaTable.of(lake + "/moved", "t");

    VacuumReport report = moved.vacuum(VacuumSettings.DEFAULT);

    assertThat(report.deleted(), is(empty()));
    assertThat(Rows.read(moved.at(0)), contains("[1]"));
  }
}
