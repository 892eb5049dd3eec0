package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FileStatisticsTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String json(ColumnType type, Object... values) {
    List<Object[]> rows = Arrays.stream(values).map(value -> new Object[] {value}).toList();
    return json(RowSchema.of(Column.nullable("c", type)), Map.of(), rows);
  }

  private String json(RowSchema schema, Map<String, String> properties, List<Object[]> rows) {
    TableStore store = TableStores.at(folder.getRoot().toString());
    TableFileWriter file = TableFileWriter.create(store, "", schema, 0);
    rows.forEach(file::write);
    return file.finish(StatisticsScope.of(properties)).stats();
  }

  private static String bounds(long rows, String min, String max, long nulls) {
    return "{\"numRecords\":"
        + rows
        + ",\"minValues\":{"
        + min
        + "},\"maxValues\":{"
        + max
        + "},\"nullCount\":{\"c\":"
        + nulls
        + "}}";
  }

  @Test
  public void countsRowsAndNullsAndBoundsValues() {
    assertThat(json(ColumnType.INT, 5L, null, -3L), is(bounds(3, "\"c\":-3", "\"c\":5", 1)));
    assertThat(
        json(ColumnType.decimal(30, 2), new BigDecimal("12345678901234567890.10")),
        is(bounds(1, "\"c\":12345678901234567890.10", "\"c\":12345678901234567890.10", 0)));
    assertThat(
        json(ColumnType.DATE, 0, 19_812),
        is(bounds(2, "\"c\":\"1970-01-01\"", "\"c\":\"2024-03-30\"", 0)));
  }

  @Test
  public void hasNoBoundsForBinaryBooleanAndNullColumns() {
    assertThat(json(ColumnType.BINARY, new byte[] {1}), is(bounds(1, "", "", 0)));
    assertThat(json(ColumnType.BOOLEAN, true), is(bounds(1, "", "", 0)));
    assertThat(json(ColumnType.STRING, (Object) null), is(bounds(1, "", "", 1)));
  }

  @Test
  public void roundsTimestampsOutwardToMilliseconds() {
    assertThat(
        json(ColumnType.TIMESTAMP, 1_001L, 2_001L),
        is(
            bounds(
                2, "\"c\":\"1970-01-01T00:00:00.001Z\"", "\"c\":\"1970-01-01T00:00:00.003Z\"", 0)));
    assertThat(
        json(ColumnType.TIMESTAMP, -1_001L),
        is(
            bounds(
                1, "\"c\":\"1969-12-31T23:59:59.998Z\"", "\"c\":\"1969-12-31T23:59:59.999Z\"", 0)));
  }

  @Test
  public void cutsLongStringsAndRoundsTheUpperBoundUp() {
    String long33 = "a".repeat(31) + "\uD83C\uDF55" + "b";

    assertThat(
        json(ColumnType.STRING, long33),
        is(
            bounds(
                1,
                "\"c\":\"" + "a".repeat(31) + "\uD83C\uDF55\"",
                "\"c\":\"" + "a".repeat(31) + "\uD83C\uDF55\u007F\"",
                0)));
    assertThat(
        json(ColumnType.STRING, "a".repeat(32) + "\uD83C\uDF55"),
        is(
            bounds(
                1,
                "\"c\":\"" + "a".repeat(32) + "\"",
                "\"c\":\"" + "a".repeat(32) + "\uDBFF\uDFFF\"",
                0)));
    String highest = "a".repeat(32) + "\uDBFF\uDFFF";
    assertThat(
        json(ColumnType.STRING, highest + "z"),
        is(bounds(1, "\"c\":\"" + "a".repeat(32) + "\"", "\"c\":\"" + highest + "\u007F\"", 0)));
    assertThat(
        json(ColumnType.STRING, highest),
        is(bounds(1, "\"c\":\"" + "a".repeat(32) + "\"", "\"c\":\"" + highest + "\"", 0)));
  }

  @Test
  public void ordersStringsAsTheirBytesDo() {
    assertThat(
        json(ColumnType.STRING, "\uD83C\uDF55", "\uFF5E"),
        is(bounds(2, "\"c\":\"\uFF5E\"", "\"c\":\"\uD83C\uDF55\"", 0)));
  }

  @Test
  public void aNaNIsAboveEveryBound() {
    assertThat(json(ColumnType.DOUBLE, 1.0, Double.NaN, 2.0), is(bounds(3, "\"c\":1.0", "", 0)));
    assertThat(json(ColumnType.FLOAT, Float.NaN), is(bounds(1, "", "", 0)));
    assertThat(json(ColumnType.DOUBLE, 0.0), is(bounds(1, "\"c\":-0.0", "\"c\":0.0", 0)));
    assertThat(
        json(ColumnType.FLOAT, 0.1f, Float.POSITIVE_INFINITY),
        is(bounds(2, "\"c\":0.1", "\"c\":\"Infinity\"", 0)));
  }

  @Test
  public void coversTheFirst32LeavesAlsoInsideStructs() {
    List<Column> inner = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      inner.add(Column.nullable("f" + i, ColumnType.INT));
    }
    RowSchema schema =
        RowSchema.of(
            Column.nullable("id", ColumnType.INT),
            Column.nullable("s", ColumnType.struct(RowSchema.of(inner))),
            Column.nullable("after", ColumnType.INT));
    Object[] fields = new Object[40];
    Arrays.fill(fields, 7L);
    List<Object[]> rows = List.of(new Object[] {1L, fields, 3L}, new Object[] {1L, null, 3L});

    String json = json(schema, Map.of(), rows);

    assertThat(json.contains("\"f30\":7"), is(true));
    assertThat(json.contains("\"f30\":1}"), is(true));
    assertThat(json.contains("\"f31\""), is(false));
    assertThat(json.contains("\"after\""), is(false));
  }

  @Test
  public void coversTheColumnsThatTheTableAsksFor() {
    RowSchema schema =
        RowSchema.of(
            Column.nullable("a", ColumnType.INT),
            Column.nullable(
                "s",
                ColumnType.struct(
                    RowSchema.of(
                        Column.nullable("x", ColumnType.INT),
                        Column.nullable("y.z", ColumnType.INT)))),
            Column.nullable("l", ColumnType.array(ColumnType.INT)));
    List<Object[]> rows =
        List.of(
            new Object[] {1L, new Object[] {2L, 3L}, new Object[] {null, 4L}},
            new Object[] {1L, null, null});

    String one = json(schema, Map.of("delta.dataSkippingNumIndexedCols", "1"), rows);
    String none = json(schema, Map.of("delta.dataSkippingNumIndexedCols", "0"), rows);
    String all = json(schema, Map.of("delta.dataSkippingNumIndexedCols", "-1"), rows);
    String named = json(schema, Map.of("delta.dataSkippingStatsColumns", "S.`y.z`, l"), rows);

    assertThat(
        one,
        is(
            "{\"numRecords\":2,\"minValues\":{\"a\":1},\"maxValues\":{\"a\":1},"
                + "\"nullCount\":{\"a\":0}}"));
    assertThat(none, is("{\"numRecords\":2,\"minValues\":{},\"maxValues\":{},\"nullCount\":{}}"));
    assertThat(
        all,
        is(
            "{\"numRecords\":2,\"minValues\":{\"a\":1,\"s\":{\"x\":2,\"y.z\":3}},"
                + "\"maxValues\":{\"a\":1,\"s\":{\"x\":2,\"y.z\":3}},"
                + "\"nullCount\":{\"a\":0,\"s\":{\"x\":1,\"y.z\":1},\"l\":1}}"));
    assertThat(
        named,
        is(
            "{\"numRecords\":2,\"minValues\":{\"s\":{\"y.z\":3}},"
                + "\"maxValues\":{\"s\":{\"y.z\":3}},"
                + "\"nullCount\":{\"s\":{\"y.z\":1},\"l\":1}}"));
  }
}
