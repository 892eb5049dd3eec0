package dev.larder.pipelines.mart;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DuckDbTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void resultsAreCanonicalValues() throws Exception {
    List<Object[]> rows = new ArrayList<>();
    try (DuckDb duck = DuckDb.open()) {
      RowSchema schema =
          duck.query(
              "SELECT 1::INTEGER AS i, 2.50::DECIMAL(10,2) AS d, true AS b, 'x' AS s,"
                  + " DATE '2024-02-14' AS day, TIMESTAMP '1970-01-01 00:00:00.000001' AS dt,"
                  + " TIMESTAMPTZ '1970-01-01 00:00:00.000002+00' AS ts, '\\x00\\xFF'::BLOB AS bin,"
                  + " 0.5::DOUBLE AS dbl, 0.25::FLOAT AS flt, sum(3::BIGINT) AS big, NULL::DATE AS"
                  + " nothing",
              (columns, result) -> {
                result.forEachRemaining(rows::add);
                return columns;
              });

      assertThat(
          schema.toString(),
          is(
              "i int, d decimal(10,2), b boolean, s string, day date, dt datetime, ts timestamp,"
                  + " bin binary, dbl double, flt float, big decimal(38,0), nothing date"));
    }
    Object[] expected = {
      1L,
      new BigDecimal("2.50"),
      true,
      "x",
      19767,
      1L,
      2L,
      new byte[] {0, (byte) 0xff},
      0.5,
      0.25f,
      new BigDecimal("3"),
      null
    };
    assertThat(rows.size(), is(1));
    assertThat(Values.sameRow(rows.get(0), expected), is(true));
  }

  @Test
  public void viewFillsColumnsThatOlderFilesLack() throws Exception {
    RowSchema schema =
        RowSchema.of(
            Column.nullable("id", ColumnType.INT), Column.nullable("added", ColumnType.STRING));
    Path file = folder.getRoot().toPath().resolve("old's.parquet");
    List<Object[]> rows = new ArrayList<>();
    try (DuckDb duck = DuckDb.open()) {
      duck.execute(
          "COPY (SELECT 7::BIGINT AS id) TO '"
              + file.toString().replace("'", "''")
              + "' (FORMAT parquet)");
      duck.view("older", schema, List.of(file.toString()));
      duck.view("nothing_yet", schema, List.of());

      rows.addAll(duck.rows("SELECT * FROM older UNION ALL SELECT * FROM nothing_yet"));
    }
    assertThat(rows.size(), is(1));
    assertThat(Values.sameRow(rows.get(0), new Object[] {7L, null}), is(true));
  }
}
