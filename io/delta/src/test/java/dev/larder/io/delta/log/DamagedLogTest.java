package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A log that lost something is read rightly, or not at all. */
public class DamagedLogTest {
  private static final String RECOVER =
      " Restore it from a copy; without one, the rows can be read from the Parquet files into a new"
          + " table, but not which of them are still valid.";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private ForeignLog log;

  @Before
  public void table() {
    directory = folder.getRoot().toPath().resolve("t");
    log = new ForeignLog(directory);
  }

  /** Version n of the table holds the files f0 to fn. */
  private void versions(int count) throws IOException {
    log.write(0, ForeignLog.PROTOCOL, log.metadata("{}"), ForeignLog.add("f0"));
    for (int version = 1; version < count; version++) {
      log.write(version, ForeignLog.add("f" + version));
    }
  }

  private static Object[] files(int count) {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add("f" + i);
    }
    return files.toArray();
  }

  private static List<String> paths(TableState state) {
    return state.files().stream().map(DataFile::path).toList();
  }

  private String refused() {
    return assertThrows(SinkException.class, () -> log.open().latest()).getMessage();
  }

  @Test
  public void aLineThatIsNotJsonIsNamed() throws IOException {
    versions(3);
    String lines = Files.readString(log.file(1));
    Files.writeString(log.file(1), "{\"commitInfo\":{}}\n" + lines.substring(0, 20));

    assertThat(
        refused(),
        is(
            log.file(1)
                + " is damaged (line 2 is not JSON), so that neither its version of the table nor a"
                + " later one can be read."
                + RECOVER));
  }

  @Test
  public void aLineWithMoreThanOneActionIsNamed() throws IOException {
    versions(2);
    log.write(1, ForeignLog.add("f1") + ForeignLog.add("f2"));

    assertThat(refused().startsWith(log.file(1) + " is damaged (line 1 is not JSON)"), is(true));
  }

  /** Every length of a file, so every end of a line too. */
  @Test
  public void aVersionOfOursThatWasCutOffIsNeverReadWrongly() throws IOException {
    ourVersion();
    byte[] whole = Files.readAllBytes(log.file(0));
    List<Integer> read = new ArrayList<>();

    for (int length = 0; length < whole.length; length++) {
      Files.write(log.file(0), Arrays.copyOf(whole, length));
      try {
        log.open().latest();
        read.add(length);
      } catch (SinkException damaged) {
        assertThat(damaged.getMessage().startsWith(log.file(0) + " is damaged ("), is(true));
      }
    }

    // All but its last line break.
    assertThat(read, is(List.of(whole.length - 1)));
  }

  @Test
  public void aVersionOfOursThatLostABitIsNeverReadWrongly() throws IOException {
    ourVersion();
    byte[] whole = Files.readAllBytes(log.file(0));
    int actions = Files.readAllLines(log.file(0)).get(0).length() + 1;

    for (int i = actions; i < whole.length - 1; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 4;
      Files.write(log.file(0), flipped);

      assertThrows("byte " + i, SinkException.class, () -> log.open().latest());
    }
    Files.write(log.file(0), whole);
    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(2)));
  }

  @Test
  public void saysWhatToDoIfALogWasChangedOnPurpose() throws IOException {
    ourVersion();
    String text = Files.readString(log.file(0));
    Files.writeString(log.file(0), text.replace("\"f1\"", "\"f2\""));

    assertThat(
        refused(),
        is(
            log.file(0)
                + " is damaged (its actions are not those that were written: cut off or changed), so"
                + " that neither its version of the table nor a later one can be read."
                + RECOVER
                + " If it was changed on purpose, remove the tag larder.crc32c from its"
                + " commitInfo."));
  }

  private void ourVersion() {
    LogCommit commit =
        new LogCommit(TableOperation.WRITE, RowSchema.of(Column.nullable("id", ColumnType.INT)));
    for (Object path : files(2)) {
      commit.added.add(new DataFile((String) path, 1, 1, null, Map.of()));
    }
    log.open().commit(commit);
  }

  @Test
  public void anActionWithoutItsPathIsNamed() throws IOException {
    versions(2);
    log.write(1, "{\"add\":{\"size\":1}}");

    assertThat(
        refused(),
        is(
            log.file(1)
                + " is damaged (line 1: an action without path), so that neither its version of the"
                + " table nor a later one can be read."
                + RECOVER));
  }

  @Test
  public void anEmptyVersionIsDamagedNotEmpty() throws IOException {
    versions(2);
    log.touch("00000000000000000001.json");

    assertThat(
        refused(),
        is(
            log.file(1)
                + " is damaged (it is empty), so that neither its version of the table nor a later"
                + " one can be read."
                + RECOVER));
  }

  @Test
  public void aDamagedVersionIsFoundByOneWhoHasTheLogOpen() throws IOException {
    versions(2);
    TableLog open = log.open();
    open.latest();
    log.touch("00000000000000000002.json");

    assertThrows(SinkException.class, open::latest);
    log.write(2, ForeignLog.add("f2"));

    assertThat(paths(open.latest().orElseThrow()), containsInAnyOrder(files(3)));
  }

  @Test
  public void aVersionBeforeTheDamagedOneCanStillBeRead() throws IOException {
    versions(3);
    log.touch("00000000000000000002.json");
    LogLoader loader = new AdvancingLog(log.open().store()).loader();

    assertThat(paths(loader.at(1, 2).state("t")), containsInAnyOrder(files(2)));
  }

  @Test
  public void aMissingVersionIsNamed() throws IOException {
    versions(4);
    Files.delete(log.file(2));

    assertThat(
        refused(),
        is(log.file(2) + " is missing, so that version 3 of the table cannot be read." + RECOVER));
  }

  @Test
  public void aLogWithoutItsBeginningIsNamed() throws IOException {
    versions(4);
    Files.delete(log.file(0));

    assertThat(
        refused(),
        is(
            log.file(0)
                + " is missing, and there is no checkpoint that stands in for it, so that the table"
                + " cannot be read."
                + RECOVER));
  }

  @Test
  public void aLogWithoutProtocolIsDamaged() throws IOException {
    log.write(0, log.metadata("{}"), ForeignLog.add("f0"));

    assertThat(
        refused(),
        is(
            log.file(0)
                + " is damaged (it has no protocol, or no metadata), so that neither its version of"
                + " the table nor a later one can be read."
                + RECOVER));
  }

  @Test
  public void aMissingCheckpointIsStoodInForByTheWholeLog() throws IOException {
    versions(3);
    log.open().checkpoint();
    Files.delete(log.file("00000000000000000002.checkpoint.parquet"));

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(3)));
  }

  @Test
  public void aMissingHintIsStoodInForByTheListing() throws IOException {
    versions(3);
    log.open().checkpoint();
    Files.delete(log.file("_last_checkpoint"));
    Files.delete(log.file(0));
    log.write(3, ForeignLog.add("f3"));

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(4)));
  }

  @Test
  public void aDamagedHintIsStoodInForByTheListing() throws IOException {
    versions(3);
    log.open().checkpoint();
    Files.writeString(log.file("_last_checkpoint"), "{\"version\":");
    Files.delete(log.file(0));

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(3)));
  }

  @Test
  public void aHintThatIsOldDoesNotHideLaterVersions() throws IOException {
    versions(2);
    log.open().checkpoint();
    for (int version = 2; version < 6; version++) {
      log.write(version, ForeignLog.add("f" + version));
    }

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(6)));
  }

  @Test
  public void aTruncatedCheckpointIsStoodInForByAnOlderOne() throws IOException {
    versions(2);
    log.open().checkpoint();
    log.write(2, ForeignLog.add("f2"));
    log.write(3, ForeignLog.add("f3"));
    log.open().checkpoint();
    Files.delete(log.file(0));
    truncate(log.file("00000000000000000003.checkpoint.parquet"));

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(4)));
  }

  @Test
  public void aTruncatedCheckpointIsStoodInForByTheWholeLog() throws IOException {
    versions(4);
    log.open().checkpoint();
    truncate(log.file("00000000000000000003.checkpoint.parquet"));

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(4)));
  }

  @Test
  public void aTruncatedCheckpointThatNothingStandsInForIsNamed() throws IOException {
    versions(4);
    log.open().checkpoint();
    Files.delete(log.file(0));
    Path checkpoint = log.file("00000000000000000003.checkpoint.parquet");
    truncate(checkpoint);

    String message = refused();

    assertThat(message.startsWith(checkpoint + " is damaged ("), is(true));
    assertThat(
        message.endsWith(
            "), and neither an older checkpoint nor the versions one by one stand in for it, so that"
                + " the table cannot be read."
                + RECOVER),
        is(true));
  }

  @Test
  public void aCheckpointWithFewerActionsThanItsHintSaysIsNotBelieved() throws IOException {
    versions(3);
    log.open().checkpoint();
    Path checkpoint = log.file("00000000000000000002.checkpoint.parquet");
    byte[] small = Files.readAllBytes(checkpoint);
    String hint = Files.readString(log.file("_last_checkpoint"));
    log.write(2, "{\"commitInfo\":{}}", ForeignLog.add("f2"), ForeignLog.add("f3"));
    Files.write(checkpoint, small);
    Files.writeString(log.file("_last_checkpoint"), hint.replace("5", "6"));

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(4)));
  }

  @Test
  public void aCheckpointThatMissesAPartIsPassedOver() throws IOException {
    versions(3);
    log.open().checkpoint();
    Files.move(
        log.file("00000000000000000002.checkpoint.parquet"),
        log.file("00000000000000000002.checkpoint.0000000001.0000000002.parquet"));
    Files.writeString(log.file("_last_checkpoint"), "{\"version\":2,\"size\":5,\"parts\":2}");

    assertThat(paths(log.open().latest().orElseThrow()), containsInAnyOrder(files(3)));
  }

  @Test
  public void anEmptyLogFolderIsNoTable() throws IOException {
    Files.createDirectories(directory.resolve("_delta_log"));

    assertThat(log.open().latest(), is(Optional.empty()));
    UserException error = assertThrows(UserException.class, () -> log.open().history(1));
    assertThat(
        error.getMessage(),
        is(
            "There is no Delta table at "
                + directory
                + ". Check the lake's path, or load the table first: it is created by its first"
                + " rows."));
  }

  @Test
  public void aLogOfWhichOnlyTheHintIsLeftIsNotANewTable() throws IOException {
    versions(3);
    log.open().checkpoint();
    String hint = Files.readString(log.file("_last_checkpoint"));
    log.clear();
    Files.writeString(log.file("_last_checkpoint"), hint, StandardCharsets.UTF_8);

    assertThat(
        refused(),
        is(
            log.file("_last_checkpoint")
                + " is damaged (it names version 2, but no version is there), so that neither its"
                + " version of the table nor a later one can be read."
                + RECOVER));
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] half = new byte[bytes.length / 2];
    System.arraycopy(bytes, 0, half, 0, half.length);
    Files.write(file, half);
  }
}
