package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Files of which only the ends of versions were encoded anew: to Spark and DuckDB they are files
 * like any other.
 */
public class PatchedFilesIT {
  private static final String TABLE = "history";
  private static final int KEYS = 30_000;
  private static final int CHANGED = 300;
  private static final int STEP = KEYS / CHANGED;
  private static final long START = EveryType.micros("2024-01-01T00:00:00Z");
  private static final long CHANGE = EveryType.micros("2024-02-01T00:00:00.000001Z");
  private static final long OPEN_END = EveryType.micros("9999-12-31T00:00:00Z");
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("payload", ColumnType.BINARY),
          Column.nullable("since", ColumnType.TIMESTAMP),
          Column.nullable("until", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final TableSpec SPEC =
      new TableSpec(
          TABLE,
          SCHEMA,
          new LoadRule.Scd2(
              List.of("hk"), List.of("payload"), "since", "until", "current", OPEN_END),
          1,
          Map.of());

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Random random = new Random(5);
  private final List<Object[]> expected = new ArrayList<>();
  private Lake lake;
  private Path path;

  @Before
  public void endVersionsOfALargeFile() {
    lake = new Lake(folder.getRoot().toPath());
    path = lake.table(TABLE);
    List<TableRow> first = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      first.add(row(key, START));
    }
    lake.load(SPEC, first);
    List<TableRow> changed = new ArrayList<>();
    for (int i = 0; i < CHANGED; i++) {
      changed.add(row(i * STEP, CHANGE));
    }
    lake.load(SPEC, changed);

    first.forEach(row -> expected.add(ended(row, OPEN_END)));
    for (int i = 0; i < CHANGED; i++) {
      int key = i * STEP;
      expected.set(key, ended(first.get(key), CHANGE));
      expected.add(ended(changed.get(i), OPEN_END));
    }
  }

  @Test
  public void everyEngineReadsTheSameRows() {
    List<String> rows = Lake.texts(expected);

    assertThat(SparkPeer.scan(path, SCHEMA, "true").files(), is(2L)); // the old file, patched
    assertThat(Lake.texts(lake.rows(TABLE)), is(rows));
    assertThat(Lake.texts(SparkPeer.rows(path, SCHEMA)), is(rows));
    assertThat(Lake.texts(DuckDbPeer.rows(lake.latest(TABLE).files(), SCHEMA)), is(rows));
  }

  @Test
  public void statisticsOfThePatchedColumnsAreTrue() {
    SparkPeer.Scan ended =
        SparkPeer.scan(path, SCHEMA, "until < TIMESTAMP '2025-01-01 00:00:00Z' AND NOT current");

    assertThat(ended.rows().size(), is(CHANGED));
    assertThat(ended.files(), is(1L));
    assertThat(
        SparkPeer.scan(path, SCHEMA, "until < TIMESTAMP '2024-01-15 00:00:00Z'").files(), is(0L));
  }

  @Test
  public void sparkRewritesAPatchedFile() {
    SparkPeer.sql(
        "DELETE FROM " + SparkPeer.table(path) + " WHERE until < TIMESTAMP '2025-01-01 00:00:00Z'");
    expected.removeIf(row -> row[3].equals(CHANGE));

    assertThat(Lake.texts(lake.rows(TABLE)), is(Lake.texts(expected)));
    assertThat(lake.rows(TABLE).stream().map(row -> row[4]).distinct().toList(), hasItem(true));
  }

  private TableRow row(int key, long since) {
    byte[] hash = new byte[32];
    new Random(key).nextBytes(hash);
    byte[] payload = new byte[40];
    random.nextBytes(payload);
    return TableRow.put(
        TABLE, SCHEMA, new Object[] {hash, payload, since, null, null}, Lake.seq(since));
  }

  private static Object[] ended(TableRow row, long until) {
    Object[] values = row.values().clone();
    values[3] = until;
    values[4] = until == OPEN_END;
    return values;
  }
}
