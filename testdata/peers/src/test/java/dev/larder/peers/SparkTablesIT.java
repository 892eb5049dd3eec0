package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Tables that Spark creates and writes, by its defaults, are read and added to. */
public class SparkTablesIT {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("tiny", ColumnType.integer(8)),
          Column.nullable("small", ColumnType.integer(16)),
          Column.nullable("plain", ColumnType.integer(32)),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("day", ColumnType.DATE),
          Column.nullable("price", ColumnType.decimal(10, 2)),
          Column.nullable("wide", ColumnType.decimal(38, 18)),
          Column.nullable("name", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake;
  private Path path;

  @Before
  public void table() {
    lake = new Lake(folder.getRoot().toPath());
    path = lake.table("t");
  }

  @Test
  public void instantsInSparksOldFormAreRead() {
    createAndFill("USING delta");

    assertThat(lake.latest("t").schema(), is(SCHEMA));
    assertThat(Lake.texts(lake.rows("t")), is(Lake.texts(sparkRows())));
  }

  @Test
  public void rowsAreAddedToATableOfSparks() {
    createAndFill("USING delta");
    Object[] added = {100L, 4L, null, -7L, 5L, 7, new BigDecimal("1.00"), null, "ours"};

    lake.append(Lake.put("t", SCHEMA, 1, added));

    List<Object[]> expected = sparkRows();
    expected.add(added);
    assertThat(Lake.texts(SparkPeer.rows(path, SCHEMA)), is(Lake.texts(expected)));
    assertThat(Lake.texts(lake.rows("t")), is(Lake.texts(expected)));
  }

  @Test
  public void aTableIsReadFromSparksCheckpointAndAddedTo() {
    createAndFill("USING delta TBLPROPERTIES ('delta.checkpointInterval' = '2')");
    SparkPeer.sql("DELETE FROM " + SparkPeer.table(path) + " WHERE id = 1");
    SparkPeer.sql("UPDATE " + SparkPeer.table(path) + " SET name = 'x' WHERE id = 2");
    Object[] added = {100L, 4L, null, -7L, 5L, 7, new BigDecimal("1.00"), null, "ours"};

    for (int i = 0; i < 3; i++) {
      lake.append(Lake.put("t", SCHEMA, 1, added));
    }
    SparkPeer.sql("UPDATE " + SparkPeer.table(path) + " SET name = 'y' WHERE id = 100");

    assertThat(lake.rows("t").size(), is(5));
    assertThat(Lake.texts(lake.rows("t")), is(Lake.texts(SparkPeer.rows(path, SCHEMA))));
  }

  private void createAndFill(String how) {
    SparkPeer.sql(
        "CREATE TABLE "
            + SparkPeer.table(path)
            + " (id BIGINT, tiny TINYINT, small SMALLINT, plain INT, at TIMESTAMP, day DATE, price DECIMAL(10,2), wide DECIMAL(38,18),"
            + " name STRING) "
            + how);
    SparkPeer.sql(
        "INSERT INTO "
            + SparkPeer.table(path)
            + " VALUES (1, 127, -32768, 2147483647, TIMESTAMP '2024-03-31 02:30:00.123456Z', DATE '2024-02-29', 1.25,"
            + " -12345678901234567890.012345678901234567, 'Zürich'),"
            + " (2, -1, null, 0, TIMESTAMP '1969-12-31 23:59:59.999999Z', DATE '1582-10-04', -0.01, null, ''),"
            + " (3, null, 5, null, TIMESTAMP '0001-01-01 00:00:00.000001Z', null, null, 0.000000000000000001,"
            + " null)");
  }

  private static List<Object[]> sparkRows() {
    List<Object[]> rows = new ArrayList<>();
    rows.add(
        new Object[] {
          1L,
          127L,
          -32768L,
          2147483647L,
          EveryType.micros("2024-03-31T02:30:00.123456Z"),
          EveryType.day("2024-02-29"),
          new BigDecimal("1.25"),
          new BigDecimal("-12345678901234567890.012345678901234567"),
          "Zürich"
        });
    rows.add(
        new Object[] {
          2L, -1L, null, 0L, -1L, EveryType.day("1582-10-04"), new BigDecimal("-0.01"), null, ""
        });
    rows.add(
        new Object[] {
          3L,
          null,
          5L,
          null,
          EveryType.micros("0001-01-01T00:00:00.000001Z"),
          null,
          null,
          new BigDecimal("0.000000000000000001"),
          null
        });
    return rows;
  }
}
