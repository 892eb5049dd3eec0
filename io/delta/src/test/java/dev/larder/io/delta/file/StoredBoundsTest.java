package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.FieldPath;
import java.math.BigDecimal;
import org.junit.Test;

public class StoredBoundsTest {

  private static ColumnBounds bounds(ColumnType type, String min, String max) {
    String stats =
        "{\"numRecords\":9,\"minValues\":{\"c\":"
            + min
            + "},\"maxValues\":{\"c\":"
            + max
            + "},\"nullCount\":{\"c\":3}}";
    RowSchema schema = RowSchema.of(Column.nullable("c", type));
    return StoredBounds.parse(stats).column(FieldPath.find(schema, "c").orElseThrow());
  }

  @Test
  public void readsWhatSparkWrites() {
    assertThat(bounds(ColumnType.INT, "-1", "7"), is(new ColumnBounds(-1L, 7L, 3, 9)));
    assertThat(
        bounds(ColumnType.DATE, "\"1969-12-31\"", "\"2024-03-31\""),
        is(new ColumnBounds(-1, 19_813, 3, 9)));
    assertThat(
        bounds(ColumnType.decimal(9, 2), "-0.51", "1234567.89"),
        is(new ColumnBounds(new BigDecimal("-0.51"), new BigDecimal("1234567.89"), 3, 9)));
    assertThat(
        bounds(ColumnType.DOUBLE, "\"-Infinity\"", "1.0E300"),
        is(new ColumnBounds(Double.NEGATIVE_INFINITY, 1e300, 3, 9)));
    assertThat(
        bounds(ColumnType.FLOAT, "0.1", "16777216"), is(new ColumnBounds(0.1f, 16777216f, 3, 9)));
  }

  @Test
  public void widensTimestampsThatAreCutToMilliseconds() {
    ColumnBounds bounds =
        bounds(
            ColumnType.TIMESTAMP,
            "\"1970-01-01T00:00:00.005Z\"",
            "\"1970-01-01T01:00:00.007+01:00\"");

    assertThat(bounds.min(), is(4_000L));
    assertThat(bounds.max(), is(8_000L));
  }

  @Test
  public void raisesUpperBoundsThatEndInAReplacementCharacter() {
    ColumnBounds bounds = bounds(ColumnType.STRING, "\"a\"", "\"abc\uFFFD\"");

    assertThat(bounds.max(), is("abc\uFFFD\uDBFF\uDFFF"));
  }

  @Test
  public void widensDecimalsThatMayHaveBeenDoubles() {
    ColumnBounds bounds = bounds(ColumnType.decimal(38, 0), "1e20", "1e20");

    assertThat(bounds.min(), is(new BigDecimal("99999999999999983616")));
    assertThat(bounds.max(), is(new BigDecimal("100000000000000016384")));
  }

  @Test
  public void knowsNothingOfWhatItDoesNotUnderstand() {
    assertThat(bounds(ColumnType.DOUBLE, "\"NaN\"", "NaN").max(), is(nullValue()));
    assertThat(bounds(ColumnType.INT, "1.5", "\"7\""), is(new ColumnBounds(null, null, 3, 9)));
    assertThat(
        bounds(ColumnType.DATE, "\"yesterday\"", "[1]"), is(new ColumnBounds(null, null, 3, 9)));
    assertThat(
        bounds(ColumnType.TIMESTAMP, "\"2024-03-31 00:00:00\"", "{}"),
        is(new ColumnBounds(null, null, 3, 9)));
    assertThat(bounds(ColumnType.BINARY, "\"00\"", "null"), is(new ColumnBounds(null, null, 3, 9)));
  }

  @Test
  public void knowsNothingWithoutStatistics() {
    FieldPath path =
        FieldPath.find(RowSchema.of(Column.nullable("c", ColumnType.INT)), "c").orElseThrow();

    assertThat(StoredBounds.parse(null).column(path), is(ColumnBounds.UNKNOWN));
    assertThat(StoredBounds.parse("").column(path), is(ColumnBounds.UNKNOWN));
    assertThat(StoredBounds.parse("{\"numRecords\":").column(path), is(ColumnBounds.UNKNOWN));
    assertThat(StoredBounds.parse("{\"minValues\":7}").column(path), is(ColumnBounds.UNKNOWN));
  }

  @Test
  public void findsFieldsOfStructs() {
    RowSchema schema =
        RowSchema.of(
            Column.nullable(
                "after", ColumnType.struct(RowSchema.of(Column.nullable("id", ColumnType.INT)))));

    ColumnBounds bounds =
        StoredBounds.parse(
                "{\"numRecords\":2,\"minValues\":{\"after\":{\"id\":1}},"
                    + "\"maxValues\":{\"after\":{\"id\":5}},\"nullCount\":{\"after\":{\"id\":0}}}")
            .column(FieldPath.find(schema, "after.id").orElseThrow());

    assertThat(bounds, is(new ColumnBounds(1L, 5L, 0, 2)));
  }
}
