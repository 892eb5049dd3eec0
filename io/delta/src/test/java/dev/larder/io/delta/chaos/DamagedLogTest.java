package dev.larder.io.delta.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A log that is not as it was written, seen by who opens the table: an error, or all rows. */
public class DamagedLogTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final List<String> ROWS = List.of("[0]", "[1]", "[2]", "[3]", "[4]");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path lake;
  private Path log;

  @Before
  public void writeTable() throws IOException {
    lake = folder.newFolder("lake").toPath();
    DeltaTable table = DeltaTable.of(lake.toString(), "t");
    for (long id = 0; id < ROWS.size(); id++) {
      table.append(SCHEMA, List.<Object[]>of(new Object[] {id}).iterator());
      if (id == 2) {
        table.checkpoint();
      }
    }
    log = lake.resolve("t/_delta_log");
  }

  /** Under another name, so that nothing is known of it. */
  private DeltaTable opened() throws IOException {
    Path link = folder.getRoot().toPath().resolve("opened");
    return DeltaTable.of(Files.createSymbolicLink(link, lake).toString(), "t");
  }

  private Path version(int version) {
    return log.resolve(String.format("%020d.json", version));
  }

  private Path checkpoint() {
    return log.resolve("00000000000000000002.checkpoint.parquet");
  }

  private void isReadInFull() throws IOException {
    assertThat(Rows.read(opened().latest()), is(ROWS));
  }

  private void isRefused(Path named) throws IOException {
    DeltaTable table = opened();
    SinkException error = assertThrows(SinkException.class, table::latest);
    assertThat(error.getMessage(), containsString(named.getFileName().toString()));
  }

  private static void cut(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
  }

  @Test
  public void anEntryThatIsCutOffIsNamed() throws IOException {
    cut(version(4));

    isRefused(version(4));
  }

  @Test
  public void anEntryOfGarbageIsNamed() throws IOException {
    Files.write(version(3), new byte[] {1, 2, 3, '\n'});

    isRefused(version(3));
  }

  @Test
  public void aMissingEntryIsNamed() throws IOException {
    Files.delete(version(3));

    isRefused(version(3));
  }

  @Test
  public void aDamagedCheckpointIsReplacedByTheEntriesBeforeIt() throws IOException {
    cut(checkpoint());

    isReadInFull();
  }

  @Test
  public void aMissingCheckpointIsReplacedByTheEntriesBeforeIt() throws IOException {
    Files.delete(checkpoint());

    isReadInFull();
  }

  @Test
  public void aDamagedCheckpointThatNothingReplacesIsNamed() throws IOException {
    cut(checkpoint());
    Files.delete(version(0));

    isRefused(checkpoint());
  }

  @Test
  public void aMissingOrDamagedHintDoesNotMatter() throws IOException {
    Files.write(log.resolve("_last_checkpoint"), new byte[] {'{'});
    isReadInFull();

    Files.delete(log.resolve("_last_checkpoint"));
    Files.delete(folder.getRoot().toPath().resolve("opened"));
    isReadInFull();
  }

  @Test
  public void aFileInPlaceOfTheTableIsNamed() throws IOException {
    Path file = Files.createFile(lake.resolve("file"));

    SinkException error =
        assertThrows(
            SinkException.class,
            () ->
                DeltaTable.of(lake.toString(), "file")
                    .append(SCHEMA, List.<Object[]>of(new Object[] {1L}).iterator()));

    assertThat(error.getMessage(), containsString(file.toString()));
  }
}
