package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A table partitioned by columns of several types is the same to Spark and to Larder. */
public class PartitionedTableIT {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("id", ColumnType.INT),
          Column.nullable("day", ColumnType.DATE),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("flag", ColumnType.BOOLEAN),
          Column.nullable("amount", ColumnType.decimal(10, 2)));
  private static final TableSpec SPEC =
      new TableSpec(
          "log",
          SCHEMA,
          new LoadRule.Append(),
          1,
          Map.of(),
          List.of("day", "name", "at", "flag", "amount"));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake;

  @Before
  public void lake() {
    lake = new Lake(folder.getRoot().toPath());
  }

  @Test
  public void sparkReadsAndPrunesOurPartitions() {
    load(rows());

    assertThat(spark(), is(Lake.texts(rows())));
    finds("name = 'a/b=c %25:\"#\\'é'", 1);
    finds("day = DATE '2024-02-29'", 1);
    finds("at = TIMESTAMP '2024-03-31 02:30:00.123456Z'", 1);
    finds("amount = -0.50 and not flag", 1);
    finds("day is null", 1);
  }

  @Test
  public void larderAndSparkTakeTurns() {
    load(rows());
    SparkPeer.sql("DELETE FROM " + table() + " WHERE id = 2");
    SparkPeer.sql("UPDATE " + table() + " SET name = 'new place' WHERE id = 1");
    assertThat(larder(), is(spark()));

    load(rows());
    assertThat(larder().size(), is(5));
    assertThat(larder(), is(spark()));

    SparkPeer.sql("OPTIMIZE " + table());
    assertThat(larder(), is(spark()));
  }

  @Test
  public void larderAddsToPartitionsOfSparks() {
    SparkPeer.sql(
        "CREATE TABLE "
            + table()
            + " (id BIGINT NOT NULL, day DATE, name STRING, at TIMESTAMP, flag BOOLEAN,"
            + " amount DECIMAL(10,2)) USING delta PARTITIONED BY (day, name, at, flag, amount)");
    SparkPeer.sql(
        "INSERT INTO "
            + table()
            + " VALUES (1, DATE '2024-02-29', 'a/b=c %25:\"#\\'é',"
            + " TIMESTAMP '2024-03-31 02:30:00.123456Z', true, 1.25),"
            + " (2, null, null, null, null, null)");

    List<Object[]> expected = new ArrayList<>(List.of(rows().get(0), absent(2)));
    assertThat(larder(), is(Lake.texts(expected)));
    lake.append(
        rows().stream().map(row -> Lake.put("log", SCHEMA, 1, row)).toArray(TableRow[]::new));
    expected.addAll(rows());
    assertThat(spark(), is(Lake.texts(expected)));
    assertThat(larder(), is(Lake.texts(expected)));
  }

  private static List<Object[]> rows() {
    Object[] full = {
      1L,
      EveryType.day("2024-02-29"),
      "a/b=c %25:\"#'é",
      EveryType.micros("2024-03-31T02:30:00.123456Z"),
      true,
      new BigDecimal("1.25")
    };
    Object[] other = {2L, EveryType.day("1582-10-04"), "x", -1L, false, new BigDecimal("-0.50")};
    return List.of(full, other, absent(3));
  }

  private static Object[] absent(long id) {
    return new Object[] {id, null, null, null, null, null};
  }

  private void load(List<Object[]> rows) {
    lake.load(SPEC, rows.stream().map(row -> Lake.put("log", SCHEMA, 1, row)).toList());
  }

  private void finds(String condition, long files) {
    SparkPeer.Scan scan = SparkPeer.scan(lake.table("log"), SCHEMA, condition);
    assertThat(condition, scan.rows().size(), is(1));
    assertThat(condition, scan.files(), is(files));
  }

  private String table() {
    return SparkPeer.table(lake.table("log"));
  }

  private List<String> spark() {
    return Lake.texts(SparkPeer.rows(lake.table("log"), SCHEMA));
  }

  private List<String> larder() {
    return Lake.texts(lake.rows("log"));
  }
}
