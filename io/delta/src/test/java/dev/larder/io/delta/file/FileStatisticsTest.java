package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class FileStatisticsTest {

  private static String json(ColumnType type, Object... values) {
    FileStatistics statistics = new FileStatistics(RowSchema.of(Column.nullable("c", type)));
    for (Object value : values) {
      statistics.add(new Object[] {value});
    }
    return statistics.json();
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
                "\"c\":\"" + "a".repeat(31) + "\uD83C\uDF55\uDBFF\uDFFF\"",
                0)));
    String highest = "a".repeat(32) + "\uDBFF\uDFFFz";
    assertThat(
        json(ColumnType.STRING, highest), is(bounds(1, "\"c\":\"" + "a".repeat(32) + "\"", "", 0)));
  }

  @Test
  public void ordersStringsAsTheirBytesDo() {
    assertThat(FileStatistics.compareCodePoints("\uFF5E", "\uD83C\uDF55"), lessThan(0));
    assertThat(FileStatistics.compareCodePoints("a", "ab"), lessThan(0));
    assertThat(FileStatistics.compareCodePoints("b", "ab"), is(1));
  }

  @Test
  public void hasNoBoundsOnceThereIsANaN() {
    assertThat(json(ColumnType.DOUBLE, 1.0, Double.NaN, 2.0), is(bounds(3, "", "", 0)));
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
    FileStatistics statistics = new FileStatistics(schema);
    Object[] fields = new Object[40];
    java.util.Arrays.fill(fields, 7L);
    statistics.add(new Object[] {1L, fields, 3L});
    statistics.add(new Object[] {1L, null, 3L});

    String json = statistics.json();

    assertThat(json.contains("\"f30\":7"), is(true));
    assertThat(json.contains("\"f30\":1}"), is(true));
    assertThat(json.contains("\"f31\""), is(false));
    assertThat(json.contains("\"after\""), is(false));
  }
}
