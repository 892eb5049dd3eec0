package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.log.CommitInfo;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.service.RestoreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RestoreTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final RowSchema WIDER =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT), Column.nullable("name", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private DeltaTable table;

  @Before
  public void table() {
    table = DeltaTable.of(folder.getRoot().toString(), "t");
  }

  private void append(long... ids) {
    List<Object[]> rows = new ArrayList<>();
    for (long id : ids) {
      rows.add(new Object[] {id});
    }
    table.append(SCHEMA, rows.iterator());
  }

  private List<DataFile> files(long version) {
    return DeltaLogs.of(folder.getRoot().toString(), "t").at(version).files();
  }

  @Test
  public void rowsAndColumnsOfAVersionAreTheLatestAgain() {
    append(1);
    append(2);
    table.replace(WIDER, List.<Object[]>of(new Object[] {9L, "nine"}).iterator());

    RestoreReport report = table.restore(1);

    assertThat(Rows.read(table.latest()), contains("[1]", "[2]"));
    assertThat(table.latest().schema(), is(SCHEMA));
    assertThat(Rows.read(table.at(2)), contains("[9, nine]"));
    assertThat(report, is(new RestoreReport("t", 1, 3, 2, size(files(1)), 1, size(files(2)))));
  }

  private static long size(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::size).sum();
  }

  @Test
  public void historyTellsWhatWasDoneAsSparkWould() {
    append(1);
    append(2);
    table.restore(0);

    List<CommitInfo> history = table.history(10);

    assertThat(history.stream().map(CommitInfo::version).toList(), contains(2L, 1L, 0L));
    CommitInfo restore = history.get(0);
    assertThat(restore.operation(), is("RESTORE"));
    assertThat(restore.parameters(), is(Map.of("version", "0")));
    long kept = size(files(0));
    assertThat(restore.metrics().get("tableSizeAfterRestore"), is(Long.toString(kept)));
    assertThat(restore.metrics().get("numOfFilesAfterRestore"), is("1"));
    assertThat(restore.metrics().get("numRestoredFiles"), is("0"));
    assertThat(restore.metrics().get("restoredFilesSize"), is("0"));
    assertThat(restore.metrics().get("numRemovedFiles"), is("1"));
    assertThat(restore.metrics().get("removedFilesSize"), is(Long.toString(size(files(1)) - kept)));
    assertThat(table.history(1), is(history.subList(0, 1)));
  }

  @Test
  public void aTimeMeansTheVersionThatWasTheLatestThen() throws IOException {
    append(1);
    append(2);
    append(3);
    Path log = folder.getRoot().toPath().resolve("t/_delta_log");
    for (int version = 0; version < 3; version++) {
      Files.setLastModifiedTime(
          log.resolve(String.format("%020d.json", version)),
          FileTime.from(Instant.parse("2024-01-0" + (version + 1) + "T00:00:00Z")));
    }

    RestoreReport report = table.restore(Instant.parse("2024-01-02T12:00:00Z"));

    assertThat(report.restored(), is(1L));
    assertThat(Rows.read(table.latest()), contains("[1]", "[2]"));
    assertThat(
        table.history(1).get(0).parameters(),
        is(Map.of("version", "1", "timestamp", "2024-01-02T12:00:00Z")));
  }

  @Test
  public void theLatestVersionNeedsNoRestoring() {
    append(1);

    assertThat(table.restore(0), is(new RestoreReport("t", 0, 0, 0, 0, 0, 0)));
    assertThat(table.latest().version(), is(0L));
  }

  @Test
  public void aVersionWhoseFilesAreGoneIsRefusedWithTheirNames() throws IOException {
    append(1);
    append(2);
    table.replace(SCHEMA, List.<Object[]>of().iterator());
    String gone = files(0).get(0).path();
    Files.delete(folder.getRoot().toPath().resolve("t").resolve(gone));

    UserException refused = assertThrows(UserException.class, () -> table.restore(1));

    assertThat(
        refused.getMessage(),
        is(
            table
                + " cannot be restored to version 1: 1 of its files is gone ("
                + gone
                + "), for vacuum deletes what no version within its retention needs. Nothing was"
                + " changed. Choose a later version, or put the files back from a copy."));
    assertThat(table.latest().version(), is(2L));
  }

  @Test
  public void aVersionThatThereIsNotIsRefused() {
    append(1);

    assertThat(
        assertThrows(UserException.class, () -> table.restore(7)).getMessage(),
        is(
            table
                + " has no version 7. Its latest is 0, and versions older than the log's retention"
                + " are gone."));
  }
}
