package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StoredLogTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT), Column.nullable("name", ColumnType.STRING));
  private static final ObjectMapper JSON = new ObjectMapper();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private TableStore store;

  @Before
  public void table() {
    directory = folder.getRoot().toPath().resolve("t");
    store = TableStores.at(directory.toString());
  }

  private DataFile file(long id, String name) {
    return new TableFiles(store)
        .write(SCHEMA, 0, List.<Object[]>of(new Object[] {id, name}).iterator())
        .get(0);
  }

  private LogCommit append(long id) {
    LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
    commit.added.add(file(id, "a \"quoted\" \\ name"));
    return commit;
  }

  private LogCommit append(long id, long batch) {
    LogCommit commit = append(id);
    commit.transaction = new LogCommit.Transaction("app", batch);
    return commit;
  }

  private List<String> rows() {
    return Rows.read(new DeltaSnapshot(store, new StoredLog(store).latest().orElseThrow()), "id");
  }

  private List<JsonNode> actions(long version, String action) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    Path commit = directory.resolve("_delta_log").resolve(String.format("%020d.json", version));
    for (String line : Files.readAllLines(commit)) {
      JsonNode node = JSON.readTree(line);
      if (node.has(action)) {
        found.add(node.get(action));
      }
    }
    return found;
  }

  @Test
  public void statisticsAreAStringInTheLog() throws IOException {
    new StoredLog(store).commit(append(1));

    JsonNode stats = actions(0, "add").get(0).get("stats");
    assertThat(stats.isTextual(), is(true));
    assertThat(
        JSON.readTree(stats.textValue()).toString(),
        is(
            "{\"numRecords\":1,\"minValues\":{\"id\":1,\"name\":\"a \\\"quoted\\\" \\\\ name\"},"
                + "\"maxValues\":{\"id\":1,\"name\":\"a \\\"quoted\\\" \\\\ name\"},"
                + "\"nullCount\":{\"id\":0,\"name\":0}}"));
    assertThat(rows(), contains("[1]"));
  }

  @Test
  public void aFileTakenFromTheLogIsCommittedAgainAsItWas() throws IOException {
    StoredLog log = new StoredLog(store);
    log.commit(append(1));
    DataFile file = log.latest().orElseThrow().files().get(0);
    LogCommit again = new LogCommit(TableOperation.WRITE, SCHEMA);
    again.added.add(file);

    log.commit(again);

    assertThat(actions(1, "add").get(0).get("stats"), is(actions(0, "add").get(0).get("stats")));
    assertThat(new StoredLog(store).latest().orElseThrow().files(), contains(file));
    assertThat(file.bucket(), is(0));
  }

  @Test
  public void aCommitDoesNotDependOnTheCheckpoint() throws IOException {
    LogCommit first = append(1);
    first.properties = Map.of("delta.checkpointInterval", "1");
    StoredLog log = new StoredLog(store);
    log.commit(first);
    Files.createDirectories(directory.resolve("_delta_log/_last_checkpoint/blocked"));

    LogCommit.Outcome outcome = log.commit(append(2, 0));

    assertThat(outcome, is(new LogCommit.Outcome(1, false)));
    try (Stream<Path> files = Files.list(directory.resolve("_delta_log"))) {
      assertThat(
          files.filter(file -> file.toString().endsWith(".checkpoint.parquet")).toList(),
          hasSize(0));
    }
  }

  @Test
  public void aCheckpointKeepsFilesTagsStatisticsAndBatches() throws IOException {
    StoredLog log = new StoredLog(store);
    log.commit(append(1, 4));
    log.commit(append(2, 5));
    TableState before = log.latest().orElseThrow();

    log.checkpoint();
    Files.delete(directory.resolve("_delta_log/00000000000000000000.json"));

    StoredLog fresh = new StoredLog(store);
    TableState after = fresh.latest().orElseThrow();
    assertThat(after.files(), containsInAnyOrder(before.files().toArray()));
    assertThat(after.schema(), is(before.schema()));
    assertThat(after.version(), is(1L));
    assertThat(fresh.batch("app"), is(5L));
    assertThat(fresh.commit(append(3, 5)).alreadyCommitted(), is(true));
    assertThat(fresh.commit(append(3, 6)), is(new LogCommit.Outcome(2, false)));
  }

  @Test
  public void aCommitThatThrewAfterItLandedIsNotRepeated() {
    StoredLog log = new StoredLog(ThrowingLogStore.at(directory.toString()));
    log.commit(append(1, 0));
    ThrowingLogStore.FAIL_AFTER.set(1);

    LogCommit.Outcome outcome = log.commit(append(2, 1));

    assertThat(outcome, is(new LogCommit.Outcome(1, false)));
    assertThat(rows(), contains("[1]", "[2]"));
    assertThat(log.commit(append(2, 1)).alreadyCommitted(), is(true));
  }

  @Test
  public void aCommitWithoutATransactionIsRecognisedByItsFiles() {
    StoredLog log = new StoredLog(ThrowingLogStore.at(directory.toString()));
    ThrowingLogStore.FAIL_AFTER.set(1);

    assertThat(log.commit(append(1)), is(new LogCommit.Outcome(0, false)));

    assertThat(rows(), contains("[1]"));
  }

  @Test
  public void aCommitThatFailedLeavesNothingAndMayBeRunAgain() {
    StoredLog log = new StoredLog(ThrowingLogStore.at(directory.toString()));
    log.commit(append(1, 0));
    ThrowingLogStore.FAIL_BEFORE.set(1);

    SinkException error = assertThrows(SinkException.class, () -> log.commit(append(2, 1)));

    assertThat(
        error.getMessage(),
        is(
            directory
                + ": the commit failed (No space left on device). Nothing became visible; mend the"
                + " cause and run the batch again."));
    assertThat(rows(), contains("[1]"));
    assertThat(log.commit(append(2, 1)), is(new LogCommit.Outcome(1, false)));
  }

  @Test
  public void twoWritersWithOneBatchCommitOnce() throws Exception {
    new StoredLog(store).commit(append(0));
    int batches = 25;

    runTwice(
        () -> {
          StoredLog log = new StoredLog(store);
          for (int batch = 0; batch < batches; batch++) {
            log.commit(append(1 + batch, batch));
          }
          return null;
        });

    assertThat(rows(), hasSize(batches + 1));
    assertThat(new StoredLog(store).latest().orElseThrow().version(), is((long) batches));
  }

  @Test
  public void appendsOfTwoWritersAllLand() throws Exception {
    runTwice(
        () -> {
          StoredLog log = new StoredLog(store);
          for (int i = 0; i < 25; i++) {
            log.commit(append(i));
          }
          return null;
        });

    assertThat(rows(), hasSize(50));
  }

  @Test
  public void threadsThatShareALogAllLandAndSeeGrowingVersions() throws Exception {
    StoredLog log = new StoredLog(store);
    log.commit(append(0));

    runTwice(
        () -> {
          long seen = 0;
          for (int i = 0; i < 15; i++) {
            long version = log.commit(append(i)).version();
            TableState state = log.latest().orElseThrow();
            assertThat(version > seen && state.version() >= version, is(true));
            assertThat(state.files(), hasSize((int) state.version() + 1));
            seen = version;
          }
          return null;
        });

    assertThat(log.latest().orElseThrow().version(), is(30L));
  }

  private static void runTwice(Callable<Void> writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> done : threads.invokeAll(List.of(writer, writer))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  public void aMergeIsRefusedIfAnotherWriterAppended() {
    StoredLog log = new StoredLog(store);
    log.commit(append(1));
    LogCommit merge = append(2, 0);
    merge.readVersion = 0;
    new StoredLog(store).commit(append(3));

    SinkException error = assertThrows(SinkException.class, () -> log.commit(merge));

    assertThat(
        error.getMessage(),
        is(
            directory
                + ": another writer changed the table (added rows) between version 0, which the"
                + " merge has read, and version 1. Nothing was written; run the batch again."));
    assertThat(rows(), contains("[1]", "[3]"));
  }

  @Test
  public void mergesOfTwoWritersNeverBothLandOnOneVersion() throws Exception {
    new StoredLog(store).commit(append(0));

    runTwice(
        () -> {
          StoredLog log = new StoredLog(store);
          for (int i = 0; i < 10; i++) {
            boolean landed = false;
            while (!landed) {
              TableState read = log.latest().orElseThrow();
              LogCommit merge = append(read.version() + 1);
              merge.readVersion = read.version();
              try {
                log.commit(merge);
                landed = true;
              } catch (SinkException refused) {
                landed = false;
              }
            }
          }
          return null;
        });

    List<String> expected = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      expected.add("[" + i + "]");
    }
    assertThat(rows(), containsInAnyOrder(expected.toArray()));
  }

  @Test
  public void aRewriteChangesDataAndAFoldDoesNot() throws IOException {
    StoredLog log = new StoredLog(store);
    log.commit(append(1));
    log.commit(append(2));
    List<DataFile> files = log.latest().orElseThrow().files();
    LogCommit rewrite = append(3);
    rewrite.readVersion = 1;
    rewrite.removed.add(files.get(0));
    rewrite.foldedAway.add(files.get(1));
    rewrite.folded.add(file(2, "folded"));

    log.commit(rewrite);

    List<String> changes = new ArrayList<>();
    actions(2, "remove").forEach(remove -> changes.add("remove " + remove.get("dataChange")));
    actions(2, "add").forEach(add -> changes.add("add " + add.get("dataChange")));
    assertThat(changes, containsInAnyOrder("remove true", "remove false", "add true", "add false"));
  }

  @Test
  public void aFoldIsGivenUpIfItsFilesAreGone() {
    StoredLog log = new StoredLog(store);
    log.commit(append(1));
    DataFile file = log.latest().orElseThrow().files().get(0);
    LogCommit replaced = new LogCommit(TableOperation.WRITE, SCHEMA);
    replaced.removed.add(file);
    replaced.added.add(file(10, "instead"));
    new StoredLog(store).commit(replaced);
    LogCommit late = append(2);
    late.foldedAway.add(file);
    late.folded.add(file(1, "folded"));

    log.commit(late);

    assertThat(rows(), contains("[10]", "[2]"));
  }

  @Test
  public void aTableThatWasMadeAnewIsNoticed() throws IOException {
    DeltaLogs.of(store).commit(append(1));
    DeltaLogs.of(store).commit(append(2));
    assertThat(DeltaLogs.of(store).latest().orElseThrow().version(), is(1L));
    Files.move(directory, directory.resolveSibling("old"));
    assertThat(DeltaLogs.of(store).latest().isPresent(), is(false));

    DeltaLogs.of(store).commit(append(3));

    assertThat(DeltaLogs.of(store).latest().orElseThrow().version(), is(0L));
    assertThat(rows(), contains("[3]"));
  }

  @Test
  public void aTableStaysAtTheProtocolThatEveryEngineReads() throws IOException {
    new StoredLog(store).commit(append(1));

    assertThat(
        actions(0, "protocol").get(0).toString(),
        is("{\"minReaderVersion\":1,\"minWriterVersion\":2}"));
  }

  @Test
  public void readsButDoesNotWriteATableWithANewerWriterProtocol() throws IOException {
    foreignTable("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":4}}", "");
    StoredLog log = new StoredLog(store);
    assertThat(log.latest().orElseThrow().schema().names(), contains("id"));

    UserException error = assertThrows(UserException.class, () -> log.commit(append(1)));

    assertThat(
        error.getMessage(),
        is(
            directory
                + " uses protocol writer version 4 (change data feed, generated columns), which"
                + " Larder cannot honour. Drop the feature with the engine that set it (ALTER TABLE"
                + " ... DROP FEATURE), or copy the table into a new one."));
  }

  @Test
  public void knowsThePartitionColumnsOfAForeignTable() throws IOException {
    foreignTable("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", "\"id\"");

    TableState state = new StoredLog(store).latest().orElseThrow();

    assertThat(state.partitionColumns(), contains("id"));
  }

  private void foreignTable(String protocol, String partitions) throws IOException {
    Path log = Files.createDirectories(directory.resolve("_delta_log"));
    String schema =
        "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":"
            + "\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}]}";
    String metadata =
        "{\"metaData\":{\"id\":\"x\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
            + "\"schemaString\":\""
            + schema
            + "\",\"partitionColumns\":["
            + partitions
            + "],\"configuration\":{},\"createdTime\":1}}";
    Files.write(
        log.resolve("00000000000000000000.json"),
        List.of(protocol, metadata),
        StandardCharsets.UTF_8);
  }

  @Test
  public void saysWhichVersionsThereAre() {
    StoredLog log = new StoredLog(store);
    log.commit(append(1));

    UserException error = assertThrows(UserException.class, () -> log.at(7));

    assertThat(
        error.getMessage(),
        is(
            directory
                + " has no version 7. Its latest is 0, and versions older than the log's retention"
                + " are gone."));
  }
}
