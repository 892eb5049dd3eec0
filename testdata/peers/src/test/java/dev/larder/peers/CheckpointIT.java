package dev.larder.peers;

import static dev.larder.peers.SparkPeer.sql;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each of Larder and Spark opens a table from the other's checkpoint alone. */
public class CheckpointIT {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("id", ColumnType.INT), Column.nullable("name", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path directory;
  private Path log;

  @Before
  public void table() {
    directory = folder.getRoot().toPath().resolve("t");
    log = directory.resolve("_delta_log");
  }

  @After
  public void forget() {
    SparkPeer.session().catalog().clearCache();
  }

  private DeltaTable ours() {
    return DeltaTable.of(folder.getRoot().toString(), "t");
  }

  private TableLog oursLog() {
    return DeltaLogs.of(folder.getRoot().toString(), "t");
  }

  private void append(long id, long batch) {
    Object[] row = {id, "row " + id};
    ours().append(SCHEMA, List.<Object[]>of(row).iterator(), "app", batch);
  }

  private void forgetVersionsBefore(long version) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("\\d{20}\\.(json|crc)")
            && Long.parseLong(name.substring(0, 20)) < version) {
          Files.delete(file);
        }
      }
    }
  }

  /** Moves the table, so that nobody knows it from before. */
  private void comeAnew() throws IOException {
    Path moved = directory.resolveSibling("moved-" + System.nanoTime());
    Files.move(directory, moved);
    directory = moved;
    log = directory.resolve("_delta_log");
  }

  private static void age(Path table) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(10)));
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, old);
      }
    }
  }

  @Test
  public void sparkOpensATableFromOurCheckpoint() throws IOException {
    append(1, 7);
    append(2, 8);
    sql("ALTER TABLE " + SparkPeer.table(directory) + " SET TBLPROPERTIES ('kitchen' = 'larder')");
    sql("DELETE FROM " + SparkPeer.table(directory) + " WHERE id = 1");
    append(3, 9);
    String deleted = oursLog().tombstones().get(0).path();
    oursLog().checkpoint();
    forgetVersionsBefore(4);
    comeAnew();
    Path table = directory;
    age(table);

    List<Row> rows = sql("SELECT id, name FROM " + SparkPeer.table(table) + " ORDER BY id");
    List<Row> detail =
        sql("DESCRIBE DETAIL " + SparkPeer.table(table)).stream()
            .map(row -> RowFactory.create(row.<Object>getAs("numFiles")))
            .collect(Collectors.toList());

    assertThat(rows.toString(), is("[[2,row 2], [3,row 3]]"));
    assertThat(detail.toString(), is("[[2]]"));
    assertThat(
        sql("SHOW TBLPROPERTIES " + SparkPeer.table(table) + " ('kitchen')").toString(),
        is("[[kitchen,larder]]"));
    // What was deleted a moment ago is known from the checkpoint alone: VACUUM leaves it.
    String vacuumed =
        sql("VACUUM " + SparkPeer.table(table) + " RETAIN 24 HOURS DRY RUN").toString();
    assertThat(vacuumed, not(containsString(deleted)));
    sql("INSERT INTO " + SparkPeer.table(table) + " VALUES (4, 'spark')");
    assertThat(
        DeltaTable.of(table.getParent().toString(), table.getFileName().toString()).batch("app"),
        is(9L));
  }

  @Test
  public void weOpenATableFromSparksCheckpoint() throws IOException {
    append(1, 7);
    append(2, 8);
    String table = SparkPeer.table(directory);
    sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('delta.checkpointInterval' = '1')");
    sql("UPDATE " + table + " SET name = 'spark' WHERE id = 1");
    sql("OPTIMIZE " + table);
    long latest = oursLog().latest().orElseThrow().version();
    List<String> files = paths(oursLog().latest().orElseThrow().files());
    List<String> tombstones = paths(oursLog().tombstones());
    assertThat(
        Files.exists(log.resolve(String.format("%020d.checkpoint.parquet", latest))), is(true));
    forgetVersionsBefore(latest + 1);
    comeAnew();

    TableLog anew =
        DeltaLogs.of(directory.getParent().toString(), directory.getFileName().toString());

    assertThat(anew.latest().orElseThrow().version(), is(latest));
    assertThat(anew.latest().orElseThrow().schema(), is(SCHEMA));
    assertThat(paths(anew.latest().orElseThrow().files()), is(files));
    assertThat(paths(anew.tombstones()), is(tombstones));
    assertThat(tombstones.size(), is(3));
    assertThat(anew.batch("app"), is(8L));
  }

  private static List<String> paths(List<DataFile> files) {
    return files.stream().map(DataFile::path).sorted().toList();
  }

  @Test
  public void sparkAndWeTellOneHistory() {
    append(1, 7);
    append(2, 8);
    sql("DELETE FROM " + SparkPeer.table(directory) + " WHERE id = 1");
    append(3, 9);

    List<String> sparks =
        sql("DESCRIBE HISTORY " + SparkPeer.table(directory)).stream()
            .map(
                row ->
                    "["
                        + row.getAs("version")
                        + ","
                        + row.getAs("operation")
                        + ","
                        + row.getJavaMap(row.fieldIndex("operationMetrics")).get("numOutputRows")
                        + ","
                        + row.getAs("engineInfo")
                        + "]")
            .toList();

    assertThat(
        oursLog().history(9).stream()
            .map(
                info ->
                    "["
                        + info.version()
                        + ","
                        + info.operation()
                        + ","
                        + info.metrics().get("numOutputRows")
                        + ","
                        + info.engine()
                        + "]")
            .toList(),
        is(sparks));
    assertThat(sparks.get(0), is("[3,WRITE,1,Larder]"));
    assertThat(sparks.size(), is(4));
  }

  @Test
  public void sparkAndWeFindTheSameVersionForATime() throws IOException {
    for (int i = 0; i < 5; i++) {
      append(i, i);
    }
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    int[] seconds = {0, 10, 5, 7, 30};
    for (int i = 0; i < seconds.length; i++) {
      Files.setLastModifiedTime(
          log.resolve(String.format("%020d.json", i)),
          FileTime.from(start.plusSeconds(seconds[i])));
    }
    comeAnew();
    TableLog anew =
        DeltaLogs.of(directory.getParent().toString(), directory.getFileName().toString());

    for (long millis : new long[] {0, 9_999, 10_000, 10_001, 10_002, 29_999, 30_000}) {
      Instant time = start.plusMillis(millis);
      long rows =
          sql("SELECT count(*) FROM "
                  + SparkPeer.table(directory)
                  + " TIMESTAMP AS OF '"
                  + time
                  + "'")
              .get(0)
              .getLong(0);
      assertThat(time.toString(), anew.versionAsOf(time), is(rows - 1));
    }
  }
}
