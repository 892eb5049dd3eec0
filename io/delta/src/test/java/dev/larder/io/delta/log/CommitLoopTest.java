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
import dev.larder.io.delta.store.DelegatingStore;
import dev.larder.io.delta.store.LocalLogStore;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whatever the store answers, a commit is in the log once or not at all. */
public class CommitLoopTest {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));
  private static final ObjectMapper JSON = new ObjectMapper();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private Faults faults;
  private TableLog log;
  private TableLog others;

  @Before
  public void table() {
    directory = folder.getRoot().toPath().resolve("t");
    TableStore store = TableStores.at(directory.toString());
    faults = new Faults(store.hadoop());
    log =
        new StoredLog(
            new DelegatingStore(store) {
              @Override
              public LogStore logStore() {
                return faults;
              }
            });
    others = new StoredLog(store);
    others.commit(append("first"));
  }

  private static LogCommit append(String path) {
    LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
    commit.added.add(new DataFile(path, 10, 1, "{\"numRecords\":3}", Map.of("k", "v")));
    return commit;
  }

  private List<String> files() {
    return others.latest().orElseThrow().files().stream().map(DataFile::path).toList();
  }

  /** A log store that does something before or instead of what it is asked to. */
  private static final class Faults extends LogStore {
    interface Fault {
      void write(Runnable write) throws IOException;
    }

    private final LogStore store;
    private final List<Fault> faults = new ArrayList<>();
    private int reads;
    private IOException readFault;

    Faults(Configuration configuration) {
      super(configuration);
      store = new LocalLogStore(configuration);
    }

    @Override
    public void write(
        org.apache.hadoop.fs.Path path,
        Iterator<String> actions,
        Boolean overwrite,
        Configuration conf)
        throws IOException {
      if (faults.isEmpty()) {
        store.write(path, actions, overwrite, conf);
        return;
      }
      faults
          .remove(0)
          .write(
              () -> {
                try {
                  store.write(path, actions, overwrite, conf);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
    }

    @Override
    public CloseableIterator<String> read(org.apache.hadoop.fs.Path path, Configuration conf)
        throws IOException {
      reads++;
      if (readFault != null) {
        throw readFault;
      }
      return store.read(path, conf);
    }

    @Override
    public Iterator<FileStatus> listFrom(org.apache.hadoop.fs.Path path, Configuration conf)
        throws IOException {
      return store.listFrom(path, conf);
    }

    @Override
    public org.apache.hadoop.fs.Path resolvePathOnPhysicalStorage(
        org.apache.hadoop.fs.Path path, Configuration conf) {
      return path;
    }

    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration conf) {
      return false;
    }
  }

  @Test
  public void aStoreThatTriesTwiceDoesNotMakeUsCommitTwice() {
    faults.faults.add(
        write -> {
          write.run();
          throw new FileAlreadyExistsException("the second try of one request");
        });

    assertThat(log.commit(append("ours")), is(new LogCommit.Outcome(1, false)));
    assertThat(files(), containsInAnyOrder("first", "ours"));
  }

  @Test
  public void aRemovalThatThrewAfterItLandedIsRecognisedWithoutFiles() {
    LogCommit delete = new LogCommit(TableOperation.DELETE, SCHEMA);
    delete.removed.addAll(others.latest().orElseThrow().files());
    faults.faults.add(
        write -> {
          write.run();
          throw new IOException("connection reset");
        });

    assertThat(log.commit(delete), is(new LogCommit.Outcome(1, false)));
    assertThat(files(), hasSize(0));
  }

  @Test
  public void aCommitThatLandedBeforeOthersWentOnIsRecognised() {
    faults.faults.add(
        write -> {
          write.run();
          others.commit(append("theirs"));
          throw new IOException("connection reset");
        });

    assertThat(log.commit(append("ours")), is(new LogCommit.Outcome(1, false)));
    assertThat(files(), containsInAnyOrder("first", "ours", "theirs"));
  }

  @Test
  public void aCommitThatFailedWhileOthersWentOnIsNotTakenForTheirs() {
    faults.faults.add(
        write -> {
          others.commit(append("theirs"));
          throw new IOException("connection reset");
        });

    SinkException error = assertThrows(SinkException.class, () -> log.commit(append("ours")));

    assertThat(
        error.getMessage(),
        is(
            directory
                + ": the commit failed (connection reset). Nothing became visible; mend the cause"
                + " and run the batch again."));
    assertThat(files(), containsInAnyOrder("first", "theirs"));
  }

  @Test
  public void aCommitOfWhichNobodyKnowsIsNotCalledFailed() {
    faults.faults.add(
        write -> {
          write.run();
          faults.readFault = new IOException("no route to host");
          throw new IOException("connection reset");
        });

    SinkException error = assertThrows(SinkException.class, () -> log.commit(append("ours")));

    assertThat(
        error
            .getMessage()
            .startsWith(
                directory
                    + ": the commit was interrupted and the table cannot be read, so it is not known"
                    + " whether it landed ("),
        is(true));
  }

  @Test
  public void anotherWriterThatIsFasterIsFollowed() {
    for (int i = 0; i < 3; i++) {
      String path = "theirs" + i;
      faults.faults.add(
          write -> {
            others.commit(append(path));
            throw new FileAlreadyExistsException("taken");
          });
    }

    assertThat(log.commit(append("ours")), is(new LogCommit.Outcome(4, false)));
    assertThat(files(), containsInAnyOrder("first", "theirs0", "theirs1", "theirs2", "ours"));
  }

  @Test
  public void theStateIsAdvancedNotReadAgain() {
    log.latest();
    int before = faults.reads;

    log.commit(append("a"));
    log.latest();
    others.commit(append("b"));
    assertThat(log.latest().orElseThrow().files(), hasSize(3));

    // Two looks for a version that is not there, their version, and one more look.
    assertThat(faults.reads - before, is(4));
  }

  @Test
  public void aLogThatTookAnothersPlaceIsNoticed() throws IOException {
    log.commit(append("a"));
    log.latest();
    Path logFolder = directory.resolve("_delta_log");
    Files.move(logFolder, directory.resolve("old"));
    TableLog anew = new StoredLog(TableStores.at(directory.toString()));
    for (String path : List.of("x", "y", "z")) {
      anew.commit(append(path));
    }

    assertThat(
        log.latest().orElseThrow().files().stream().map(DataFile::path).toList(),
        containsInAnyOrder("x", "y", "z"));
  }

  @Test
  public void aVersionIsWrittenAsSparkWritesIt() throws IOException {
    LogCommit commit = append("part-1.parquet");
    commit.transaction = new LogCommit.Transaction("app", 5);
    commit.removed.addAll(log.latest().orElseThrow().files());
    commit.reads(DataFile.ANY_BUCKET, 0);
    commit.metrics.put("numTargetRowsInserted", "3");
    long before = System.currentTimeMillis();

    log.commit(commit);

    List<JsonNode> actions = new ArrayList<>();
    for (String line :
        Files.readAllLines(directory.resolve("_delta_log/00000000000000000001.json"))) {
      actions.add(JSON.readTree(line));
    }
    JsonNode info = actions.get(0).get("commitInfo");
    long now = info.get("timestamp").asLong();
    assertThat(now >= before && now <= System.currentTimeMillis(), is(true));
    assertThat(info.get("txnId").asText().length(), is(36));
    assertThat(
        JSON.writeValueAsString(info)
            .replace(info.get("txnId").asText(), "ID")
            .replace(info.get("tags").get("larder.crc32c").asText(), "SUM")
            .replace(info.get("timestamp").asText(), "NOW"),
        is(
            "{\"timestamp\":NOW,\"operation\":\"WRITE\",\"operationParameters\":{\"mode\":"
                + "\"Append\",\"partitionBy\":\"[]\"},\"readVersion\":0,\"isolationLevel\":"
                + "\"Serializable\",\"isBlindAppend\":false,\"operationMetrics\":{\"numFiles\":"
                + "\"1\",\"numOutputBytes\":\"10\",\"numOutputRows\":\"3\",\"numRemovedFiles\":"
                + "\"1\",\"numTargetRowsInserted\":\"3\"},\"engineInfo\":\"Larder\",\"txnId\":"
                + "\"ID\",\"tags\":{\"larder.crc32c\":\"SUM\"}}"));
    assertThat(
        actions.stream().skip(1).map(JsonNode::toString).toList(),
        contains(
            "{\"txn\":{\"appId\":\"app\",\"version\":5,\"lastUpdated\":" + now + "}}",
            "{\"remove\":{\"path\":\"first\",\"deletionTimestamp\":"
                + now
                + ",\"dataChange\":true,\"extendedFileMetadata\":true,\"partitionValues\":{},"
                + "\"size\":10,\"tags\":{\"k\":\"v\"}}}",
            "{\"add\":{\"path\":\"part-1.parquet\",\"partitionValues\":{},\"size\":10,"
                + "\"modificationTime\":1,\"dataChange\":true,\"stats\":"
                + "\"{\\\"numRecords\\\":3}\",\"tags\":{\"k\":\"v\"}}}"));
  }

  @Test
  public void aFileWithoutItsPartitionValuesIsNotCommitted() throws IOException {
    ForeignLog foreign = new ForeignLog(directory.resolveSibling("p"));
    foreign.partitions = "\"id\"";
    foreign.write(0, ForeignLog.PROTOCOL, foreign.metadata("{}"));

    assertThrows(IllegalStateException.class, () -> foreign.open().commit(append("x")));

    LogCommit commit = new LogCommit(TableOperation.WRITE, SCHEMA);
    Map<String, String> none = new java.util.HashMap<>();
    none.put("id", null);
    DataFile file = append("x").added.get(0).withPartitionValues(none);
    commit.added.add(file);
    foreign.open().commit(commit);
    foreign.open().checkpoint();
    Files.delete(foreign.file(0));
    assertThat(foreign.open().latest().orElseThrow().files(), contains(file));
  }
}
