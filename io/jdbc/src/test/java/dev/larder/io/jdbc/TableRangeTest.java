package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.List;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.Test;

public final class TableRangeTest {
  private static final RowSchema COLUMNS =
      RowSchema.of(
          Column.required("id", ColumnType.INT),
          Column.required("line", ColumnType.INT),
          Column.nullable("a`b", ColumnType.decimal(10, 2)));

  private static TableRange range(List<String> key, KeyRange range) {
    return new TableRange(
        new TableSchema(new TableId("pos", "orders"), COLUMNS, key),
        range,
        1_000,
        Sequence.of("binlog.000003", 157, 0),
        1_700_000_000_000_000L);
  }

  @Test
  public void readsInTheOrderOfAKeyOfOneColumn() {
    assertThat(
        range(List.of("id"), new KeyRange("id", "-5", "18446744073709551615")).sql(),
        is(
            "SELECT `id`, `line`, `a``b` FROM `orders` WHERE `id` >= -5 AND `id` <"
                + " 18446744073709551615 ORDER BY `id`"));
  }

  @Test
  public void readsByTheFirstColumnOfAKeyOfSeveral() {
    assertThat(
        range(List.of("id", "line"), new KeyRange("id", null, "7")).sql(),
        is("SELECT `id`, `line`, `a``b` FROM `orders` WHERE `id` < 7"));
  }

  @Test
  public void readsATableWithoutAKeyWhole() {
    assertThat(
        range(List.of(), KeyRange.WHOLE).sql(), is("SELECT `id`, `line`, `a``b` FROM `orders`"));
  }

  @Test
  public void namesTableAndBounds() {
    assertThat(
        range(List.of("id"), new KeyRange("id", "1", null)).toString(),
        is("pos.orders [1, ..) of id"));
    assertThat(range(List.of(), KeyRange.WHOLE).toString(), is("pos.orders all rows"));
  }

  @Test
  public void coderKeepsEverythingAndIsDeterministic() throws Exception {
    TableRange part = range(List.of("id", "line"), new KeyRange("id", null, "7"));
    TableRange whole = range(List.of(), KeyRange.WHOLE);

    TableRangeCoder.of().verifyDeterministic();
    CoderProperties.coderDecodeEncodeEqual(TableRangeCoder.of(), part);
    CoderProperties.coderDecodeEncodeEqual(TableRangeCoder.of(), whole);
    CoderProperties.coderDeterministic(
        TableRangeCoder.of(), part, range(List.of("id", "line"), new KeyRange("id", null, "7")));
    CoderProperties.coderSerializable(TableRangeCoder.of());
  }
}
