package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.store.Abandonable;
import dev.larder.io.delta.store.DelegatingStore;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CheckpointTest {
  private static final String CHECKPOINT = "00000000000000000001.checkpoint.parquet";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private ForeignLog foreign;

  @Before
  public void table() throws IOException {
    directory = folder.getRoot().toPath().resolve("t");
    foreign = new ForeignLog(directory);
    long now = System.currentTimeMillis();
    foreign.write(
        0,
        ForeignLog.PROTOCOL,
        foreign.metadata(
            "{\"delta.deletedFileRetentionDuration\":\"interval 2 days\",\"k\":\"v\"}"),
        ForeignLog.add("old"),
        ForeignLog.add("new"),
        "{\"add\":{\"path\":\"kept\",\"partitionValues\":{\"p\":null,\"q\":\"x\"},\"size\":7,"
            + "\"modificationTime\":8,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":1}\","
            + "\"tags\":{\"larder.bucket\":\"3\",\"none\":null},\"unknown\":{\"a\":1}}}");
    foreign.write(
        1,
        "{\"txn\":{\"appId\":\"one\",\"version\":4,\"lastUpdated\":99}}",
        "{\"txn\":{\"appId\":\"two\",\"version\":0}}",
        "{\"commitInfo\":{\"operationParameters\":{\"a\":[1],\"b\":{\"c\":2},\"d\":false}}}",
        remove("old", now - Duration.ofDays(3).toMillis()),
        remove("new", now - Duration.ofDays(1).toMillis()));
  }

  private static String remove(String path, long at) {
    return "{\"remove\":{\"path\":\""
        + path
        + "\",\"deletionTimestamp\":"
        + at
        + ",\"dataChange\":true,\"extendedFileMetadata\":true,\"partitionValues\":{\"q\":\"y\"},"
        + "\"size\":5}}";
  }

  private List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    CheckpointReader.read(foreign.open().store().input("_delta_log/" + CHECKPOINT), rows::add);
    return rows;
  }

  private static List<String> actions(List<JsonNode> rows, String name) {
    return rows.stream().filter(row -> row.has(name)).map(row -> row.get(name).toString()).toList();
  }

  @Test
  public void holdsTheStateAndYoungTombstonesOnly() throws IOException {
    foreign.open().checkpoint();

    List<JsonNode> rows = rows();
    assertThat(rows.size(), is(6));
    assertThat(
        actions(rows, "protocol"), contains("{\"minReaderVersion\":1,\"minWriterVersion\":2}"));
    assertThat(
        actions(rows, "txn"),
        containsInAnyOrder(
            "{\"appId\":\"one\",\"version\":4,\"lastUpdated\":99}",
            "{\"appId\":\"two\",\"version\":0}"));
    assertThat(
        actions(rows, "add"),
        contains(
            "{\"path\":\"kept\",\"partitionValues\":{\"p\":null,\"q\":\"x\"},\"size\":7,"
                + "\"modificationTime\":8,\"dataChange\":false,\"stats\":\"{\\\"numRecords\\\":1}\","
                + "\"tags\":{\"larder.bucket\":\"3\"}}"));
    assertThat(
        rows.stream()
            .filter(row -> row.has("remove"))
            .map(row -> row.get("remove").get("path").asText())
            .toList(),
        contains("new"));
    assertThat(
        rows.stream()
            .filter(row -> row.has("metaData"))
            .map(row -> row.get("metaData").get("configuration").toString())
            .toList(),
        contains("{\"delta.deletedFileRetentionDuration\":\"interval 2 days\",\"k\":\"v\"}"));
    JsonNode hint = JSON.readTree(foreign.file("_last_checkpoint").toFile());
    assertThat(hint.toString(), is("{\"version\":1,\"size\":6,\"numOfAddFiles\":1}"));
  }

  @Test
  public void isWhatATableIsOpenedFrom() throws IOException {
    TableLog before = foreign.open();
    TableState state = before.latest().orElseThrow();
    before.checkpoint();
    Files.delete(foreign.file(0));
    Files.delete(foreign.file(1));
    Files.setLastModifiedTime(foreign.file(CHECKPOINT), FileTime.from(state.committedAt()));

    TableLog after = foreign.open();

    assertThat(after.latest().orElseThrow(), is(state));
    assertThat(after.batch("one"), is(4L));
    assertThat(after.batch("two"), is(0L));
    assertThat(after.tombstones().size(), is(1));
    assertThat(
        after.tombstones(),
        contains(
            before.tombstones().stream()
                .filter(file -> file.path().equals("new"))
                .map(
                    file ->
                        new DataFile(
                            file.path(),
                            5,
                            0,
                            null,
                            file.tags(),
                            java.util.Map.of("q", "y"),
                            file.deletedAt()))
                .toArray()));
  }

  @Test
  public void mayBeInParts() throws IOException {
    foreign.open().checkpoint();
    List<JsonNode> rows = rows();
    TableState state = foreign.open().latest().orElseThrow();
    TableStore store = foreign.open().store();
    for (int part = 1; part <= 2; part++) {
      CheckpointWriter.write(
          store.create(
              "_delta_log/00000000000000000001.checkpoint.000000000"
                  + part
                  + ".0000000002.parquet"),
          (part == 1 ? rows.subList(0, 3) : rows.subList(3, 6)).iterator());
    }
    Files.delete(foreign.file(CHECKPOINT));
    Files.delete(foreign.file(0));

    assertThat(foreign.open().latest().orElseThrow(), is(state));
    assertThat(foreign.open().batch("two"), is(0L));
  }

  @Test
  public void replacesOneThatAKilledWriterLeft() throws IOException {
    foreign.touch(CHECKPOINT);

    foreign.open().checkpoint();

    assertThat(rows().size(), is(6));
  }

  @Test
  public void leavesTheHintAtALaterCheckpoint() throws IOException {
    foreign.open().checkpoint();
    String later = "{\"version\":7,\"size\":6}";
    Files.writeString(foreign.file("_last_checkpoint"), later);
    Files.delete(foreign.file(CHECKPOINT));

    foreign.open().checkpoint();

    assertThat(Files.readString(foreign.file("_last_checkpoint")), is(later));
    assertThat(rows().size(), is(6));
  }

  @Test
  public void leavesNothingIfItCannotBeWritten() throws IOException {
    TableLog log =
        new StoredLog(
            new DelegatingStore(TableStores.at(directory.toString())) {
              @Override
              public OutputFile create(String name) {
                return new FullDisk(super.create(name));
              }
            });

    SinkException error = assertThrows(SinkException.class, log::checkpoint);

    assertThat(
        error.getMessage().startsWith(foreign.file(CHECKPOINT) + " cannot be written ("), is(true));
    try (Stream<Path> files = Files.list(directory.resolve("_delta_log"))) {
      assertThat(
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          contains("00000000000000000000.json", "00000000000000000001.json"));
    }
    assertThat(log.latest().orElseThrow().version(), is(1L));
  }

  /** A file on a disk that has space for its first bytes only. */
  private static final class FullDisk implements OutputFile {
    private final OutputFile file;

    FullDisk(OutputFile file) {
      this.file = file;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
      return new FullStream(file.create(blockSizeHint));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class FullStream extends DelegatingPositionOutputStream
      implements Abandonable {
    private final PositionOutputStream out;

    FullStream(PositionOutputStream out) {
      super(out);
      this.out = out;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (out.getPos() + length > 20) {
        throw new IOException("No space left on device");
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void abandon() throws IOException {
      ((Abandonable) out).abandon();
    }
  }

  @Test
  public void isNotThereIfAnActionCannotBeWritten() throws IOException {
    List<JsonNode> actions =
        List.of(
            JSON.readTree("{\"txn\":{\"appId\":\"a\",\"version\":1}}"),
            JSON.readTree("{\"txn\":{\"appId\":\"a\"}}"));
    OutputFile file = foreign.open().store().create("_delta_log/" + CHECKPOINT);

    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> CheckpointWriter.write(file, actions.iterator()));

    assertThat(error.getMessage(), is("an action without version"));
    assertThat(Files.exists(foreign.file(CHECKPOINT)), is(false));
  }

  @Test
  public void cleansTheLogUpUnlessTheTableForbidsIt() throws IOException {
    foreign.open().checkpoint();
    foreign.write(2, foreign.metadata("{\"delta.enableExpiredLogCleanup\":\"false\"}"));
    for (int version = 0; version < 3; version++) {
      Files.setLastModifiedTime(
          foreign.file(version), FileTime.from(Instant.now().minus(Duration.ofDays(90 - version))));
    }
    foreign.open().checkpoint();
    assertThat(Files.exists(foreign.file(0)), is(true));
    foreign.write(3, foreign.metadata("{}"));

    foreign.open().checkpoint();

    assertThat(Files.exists(foreign.file(0)), is(false));
    assertThat(Files.exists(foreign.file(1)), is(false));
    assertThat(Files.exists(foreign.file(2)), is(true));
    assertThat(foreign.open().at(2).files().size(), is(1));
    assertThat(foreign.open().cleanUp().deleted(), empty());
  }
}
