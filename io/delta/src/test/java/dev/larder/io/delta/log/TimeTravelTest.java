package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TimeTravelTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private ForeignLog foreign;

  @Before
  public void table() throws IOException {
    directory = folder.getRoot().toPath().resolve("t");
    foreign = new ForeignLog(directory);
    foreign.write(
        0,
        "{\"commitInfo\":{\"operation\":\"CREATE TABLE\",\"engineInfo\":\"Other/1\"}}",
        ForeignLog.PROTOCOL,
        foreign.metadata("{\"delta.enableExpiredLogCleanup\":\"false\"}"));
    foreign.write(
        1,
        "{\"commitInfo\":{\"operation\":\"WRITE\",\"operationParameters\":{\"mode\":\"Append\","
            + "\"partitionBy\":[],\"no\":null},\"operationMetrics\":{\"numFiles\":\"2\"}}}",
        ForeignLog.add("a"),
        ForeignLog.add("b"),
        "{\"cdc\":{\"path\":\"c\",\"size\":1,\"partitionValues\":{},\"dataChange\":false}}",
        "{\"domainMetadata\":{\"domain\":\"d\",\"configuration\":\"\",\"removed\":false}}");
    foreign.write(
        2,
        remove("a", false),
        ForeignLog.add("c").replace("\"dataChange\":true", "\"dataChange\":false"));
    foreign.write(3, remove("b", true));
    for (int version = 0; version < 4; version++) {
      time(version, T0.plusSeconds(10L * version));
    }
  }

  private static String remove(String path, boolean dataChange) {
    return "{\"remove\":{\"path\":\""
        + path
        + "\",\"deletionTimestamp\":1767225600000,\"dataChange\":"
        + dataChange
        + "}}";
  }

  private void time(long version, Instant time) throws IOException {
    Files.setLastModifiedTime(foreign.file(version), FileTime.from(time));
  }

  @Test
  public void findsTheVersionThatWasTheLatest() {
    TableLog log = foreign.open();

    assertThat(log.versionAsOf(T0), is(0L));
    assertThat(log.versionAsOf(T0.plusMillis(9_999)), is(0L));
    assertThat(log.versionAsOf(T0.plusSeconds(10)), is(1L));
    assertThat(log.versionAsOf(T0.plusSeconds(29)), is(2L));
    assertThat(log.versionAsOf(T0.plusSeconds(30)), is(3L));
    assertThat(log.versionAsOf(T0.plusSeconds(30).plusNanos(999)), is(3L));
  }

  @Test
  public void timesGrowWithTheVersionWhateverTheClockDid() throws IOException {
    time(2, T0.minusSeconds(50));
    time(3, T0.minusSeconds(60));
    TableLog log = foreign.open();

    assertThat(log.versionAsOf(T0.plusSeconds(10)), is(1L));
    assertThat(log.versionAsOf(T0.plusSeconds(10).plusMillis(1)), is(2L));
    assertThat(log.versionAsOf(T0.plusSeconds(10).plusMillis(2)), is(3L));
    assertThat(log.latest().orElseThrow().committedAt(), is(T0.plusSeconds(10).plusMillis(2)));
    assertThat(log.history(1).get(0).time(), is(T0.plusSeconds(10).plusMillis(2)));
  }

  @Test
  public void refusesATimeBeforeTheFirstVersionOrAfterTheLast() {
    String bounds =
        ": the oldest that can be read is version 0 of 2026-01-01T00:00:00Z, the latest is version 3"
            + " of 2026-01-01T00:00:30Z. Ask for a time between them, or for a version.";

    for (Instant time : List.of(T0.minusMillis(1), T0.plusSeconds(31))) {
      UserException error =
          assertThrows(UserException.class, () -> foreign.open().versionAsOf(time));

      assertThat(error.getMessage(), is(directory + " has no version for " + time + bounds));
    }
  }

  @Test
  public void doesNotTravelToVersionsThatCannotBeRead() throws IOException {
    foreign.open().checkpoint();
    Files.delete(foreign.file(0));
    Files.delete(foreign.file(1));

    UserException error =
        assertThrows(UserException.class, () -> foreign.open().versionAsOf(T0.plusSeconds(20)));

    assertThat(
        error.getMessage(),
        is(
            directory
                + " has no version for 2026-01-01T00:00:20Z: the oldest that can be read is version"
                + " 3 of 2026-01-01T00:00:30Z, the latest is version 3 of 2026-01-01T00:00:30Z. Ask"
                + " for a time between them, or for a version."));
    assertThrows(UserException.class, () -> foreign.open().at(2));
  }

  @Test
  public void tellsRowsThatChangedFromFilesThatDid() {
    List<VersionChanges> changes = foreign.open().changes(1, 3);

    assertThat(changes.stream().map(VersionChanges::version).toList(), contains(1L, 2L, 3L));
    assertThat(paths(changes.get(0).added()), contains("a", "b"));
    assertThat(changes.get(1).added(), empty());
    assertThat(changes.get(1).removed(), empty());
    assertThat(paths(changes.get(1).folded()), contains("c"));
    assertThat(paths(changes.get(1).foldedAway()), contains("a"));
    assertThat(paths(changes.get(2).removed()), contains("b"));
    assertThat(changes.get(2).removed().get(0).deletedAt(), is(T0.toEpochMilli()));
    assertThat(changes.get(2).info().time(), is(T0.plusSeconds(30)));
    assertThat(changes.get(2).schema(), is(Optional.empty()));
    assertThat(foreign.open().changes(0, 0).get(0).schema().orElseThrow().names(), contains("id"));
  }

  private static List<String> paths(List<DataFile> files) {
    return files.stream().map(DataFile::path).toList();
  }

  @Test
  public void refusesChangesOfVersionsThatAreNotThere() {
    UserException error = assertThrows(UserException.class, () -> foreign.open().changes(2, 4));

    assertThat(
        error.getMessage(),
        is(
            directory
                + " has no version 4. Its latest is 3, and versions older than the log's retention"
                + " are gone."));
  }

  @Test
  public void tellsTheHistoryAsItsWritersDid() {
    List<CommitInfo> history = foreign.open().history(10);

    assertThat(
        history,
        contains(
            new CommitInfo(3, T0.plusSeconds(30), "", Map.of(), Map.of(), ""),
            new CommitInfo(2, T0.plusSeconds(20), "", Map.of(), Map.of(), ""),
            new CommitInfo(
                1,
                T0.plusSeconds(10),
                "WRITE",
                Map.of("mode", "Append", "partitionBy", "[]"),
                Map.of("numFiles", "2"),
                ""),
            new CommitInfo(0, T0, "CREATE TABLE", Map.of(), Map.of(), "Other/1")));
    assertThat(
        foreign.open().history(2).stream().map(CommitInfo::version).toList(), contains(3L, 2L));
  }

  @Test
  public void cleansUpWhatNoRetainedVersionNeeds() throws IOException {
    TableLog log = foreign.open();
    log.checkpoint(); // of version 3
    foreign.write(4, ForeignLog.add("d"));
    foreign.write(5, ForeignLog.add("e"));
    Instant now = Instant.now();
    for (int version = 0; version < 6; version++) {
      time(version, now.minus(Duration.ofHours(60 - 10L * version)));
    }
    foreign.open().checkpoint(); // of version 5
    foreign.touch("00000000000000000001.crc");

    LogCleanUp nothing = foreign.open().cleanUp(Duration.ofHours(35));
    LogCleanUp some = foreign.open().cleanUp(Duration.ofHours(25));

    assertThat(nothing, is(new LogCleanUp(0, List.of())));
    assertThat(
        some,
        is(
            new LogCleanUp(
                3,
                List.of(
                    "00000000000000000000.json",
                    "00000000000000000001.crc",
                    "00000000000000000001.json",
                    "00000000000000000002.json"))));
    assertThat(foreign.open().at(3).files().size(), is(1));
    assertThat(foreign.open().at(4).files().size(), is(2));
    assertThat(foreign.open().latest().orElseThrow().files().size(), is(3));
    assertThrows(UserException.class, () -> foreign.open().at(2));
  }

  @Test
  public void deletesWhatKilledWritersLeft() throws IOException {
    String old = ".00000000000000000004.json.1.tmp";
    foreign.touch(old);
    foreign.touch(".00000000000000000004.json.2.tmp");
    Files.setLastModifiedTime(
        foreign.file(old), FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    assertThat(foreign.open().cleanUp(Duration.ofDays(9_999)).deleted(), contains(old));
  }

  @Test
  public void keepsTheLatestVersionHoweverShortTheRetention() {
    TableLog log = foreign.open();
    log.checkpoint();

    LogCleanUp cleanUp = log.cleanUp(Duration.ZERO);

    assertThat(cleanUp.oldestVersion(), is(3L));
    assertThat(foreign.open().at(3).files().size(), is(1));
    assertThat(log.history(9).size(), is(1));
  }

  @Test
  public void cleansUpByTheTablesOwnRetention() throws IOException {
    foreign.write(
        4,
        foreign.metadata(
            "{\"delta.enableExpiredLogCleanup\":\"false\","
                + "\"delta.logRetentionDuration\":\"interval 2 days\"}"));
    Instant now = Instant.now();
    for (int version = 0; version < 5; version++) {
      time(version, now.minus(Duration.ofDays(5L - version)));
    }
    foreign.open().checkpoint(); // of version 4, which is one day old
    assertThat(foreign.open().cleanUp().deleted(), empty());
    time(4, now.minus(Duration.ofDays(3)));

    assertThat(foreign.open().cleanUp().deleted().size(), is(4));
  }

  @Test
  public void deletesNothingIfTheCheckpointCannotBeRead() throws IOException {
    TableLog log = foreign.open();
    log.checkpoint();
    foreign.touch("00000000000000000003.checkpoint.parquet");

    assertThrows(dev.larder.io.changes.SinkException.class, () -> log.cleanUp(Duration.ZERO));

    assertThat(foreign.open().latest().orElseThrow().version(), is(3L));
  }
}
