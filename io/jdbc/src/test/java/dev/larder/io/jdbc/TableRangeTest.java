package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.Test;

public final class TableRangeTest {
  private static final KeyColumn ID = KeyColumn.of("id", KeyForm.INTEGER);
  private static final KeyColumn LINE = KeyColumn.of("line", KeyForm.INTEGER);
  private static final KeyColumn NAME =
      new KeyColumn("na`me", KeyForm.TEXT, "latin1", "latin1_german1_ci", true);
  private static final RowSchema COLUMNS =
      RowSchema.of(
          Column.required("id", ColumnType.decimal(20, 0)),
          Column.required("line", ColumnType.INT),
          Column.nullable("na`me", ColumnType.STRING));

  private static KeyIndex primary(KeyColumn... columns) {
    return new KeyIndex(
        "PRIMARY", List.of(columns), KeyIndex.Order.TOTAL, KeyIndex.Storage.CLUSTERED);
  }

  private static KeyRange range(KeyIndex index, List<String> from, List<String> to) {
    return new KeyRange(
        index,
        from == null ? null : KeyBound.before(from),
        to == null ? null : KeyBound.before(to));
  }

  static TableRange read(KeyRange range) {
    return TableRange.of(
        new TableSchema(new TableId("pos", "orders"), COLUMNS, List.of("id", "line")),
        range,
        1_000,
        Sequence.of("binlog.000003", 157, 0),
        1_700_000_000_000_000L);
  }

  private static String where(KeyRange range) {
    String sql = read(range).sql();
    return sql.substring(sql.indexOf(" WHERE ") + 7).replaceFirst(" ORDER BY.*", "");
  }

  @Test
  public void readsInTheOrderOfTheKey() {
    assertThat(
        read(range(primary(ID), List.of("-5"), List.of("18446744073709551615"))).sql(),
        is(
            "SELECT `id`, `line`, `na``me` FROM `orders` WHERE `id` >= -5 AND `id` <"
                + " 18446744073709551615 ORDER BY `id`"));
  }

  @Test
  public void writesBoundsOfSeveralColumnsAsTheOptimizerLikesThem() {
    assertThat(
        where(range(primary(ID, LINE), List.of("1", "20"), List.of("3"))),
        is("`id` >= 1 AND (`id` > 1 OR (`id` = 1 AND `line` >= 20)) AND `id` < 3"));
    assertThat(
        where(range(primary(ID, LINE), null, List.of("3", "7"))),
        is("`id` <= 3 AND (`id` < 3 OR (`id` = 3 AND `line` < 7))"));
    assertThat(
        where(range(primary(ID, LINE), List.of("3", "7"), List.of("3", "9"))),
        is("`id` = 3 AND `line` >= 7 AND `line` < 9"));
  }

  @Test
  public void rowsWithoutAValueStandBeforeAllOthers() {
    KeyIndex index =
        new KeyIndex("names", List.of(NAME), KeyIndex.Order.PARTIAL, KeyIndex.Storage.SECONDARY);

    assertThat(
        read(range(index, null, List.of("'m'"))).sql(),
        is(
            "SELECT `id`, `line`, `na``me` FROM `orders` FORCE INDEX (`names`) WHERE (`na``me` <"
                + " 'm' OR `na``me` IS NULL)"));
    assertThat(where(range(index, List.of("'m'"), null)), is("`na``me` >= 'm'"));
  }

  @Test
  public void readsATableWithoutAKeyWhole() {
    assertThat(read(KeyRange.WHOLE).sql(), is("SELECT `id`, `line`, `na``me` FROM `orders`"));
  }

  @Test
  public void readsPartitionsAndWhatMeetsTheFilter() {
    TableRange whole = read(KeyRange.along(primary(ID)));

    assertThat(
        new TableRange(
                whole.table(),
                whole.range(),
                List.of("p2", "p3"),
                "line > 1 OR line < 0",
                1,
                whole.sequence(),
                1)
            .sql(),
        is(
            "SELECT `id`, `line`, `na``me` FROM `orders` PARTITION (`p2`, `p3`) WHERE (line > 1 OR"
                + " line < 0)"));
  }

  @Test
  public void goesOnBehindARow() {
    TableRange range = read(range(primary(ID, LINE), List.of("1"), List.of("9")));

    assertThat(
        range.behind(new Object[] {new BigDecimal("7"), 3L, null}).orElseThrow().range(),
        is(
            new KeyRange(
                range.range().index(), KeyBound.behind(List.of("7", "3")), KeyBound.before("9"))));
    assertThat(
        where(range.behind(new Object[] {new BigDecimal("7"), 3L, null}).orElseThrow().range()),
        is("`id` >= 7 AND (`id` > 7 OR (`id` = 7 AND `line` > 3)) AND `id` < 9"));
  }

  @Test
  public void doesNotGoOnWhereRowsMayStandAtOnePlace() {
    KeyIndex partial =
        new KeyIndex("PRIMARY", List.of(ID), KeyIndex.Order.PARTIAL, KeyIndex.Storage.CLUSTERED);

    assertThat(
        read(range(partial, List.of("1"), null))
            .behind(new Object[] {new BigDecimal("7"), 3L, null}),
        is(Optional.empty()));
    assertThat(
        read(KeyRange.WHOLE).behind(new Object[] {BigDecimal.ONE, 3L, null}), is(Optional.empty()));
  }

  @Test
  public void writesValuesOfEveryFormAsLiterals() {
    assertThat(NAME.literal("4D2D31"), is("'M-1'"));
    assertThat(NAME.literal("4DE427"), is("_latin1 X'4DE427'"));
    assertThat(NAME.literalOf("M-1"), is("'M-1'"));
    assertThat(
        NAME.literalOf("Mä"),
        is("CONVERT(_utf8mb4 X'4DC3A4' USING latin1) COLLATE latin1_german1_ci"));
    assertThat(
        new KeyColumn("u", KeyForm.TEXT, "utf16", "utf16_bin", false).literal("0041"),
        is("_utf16 X'0041'"));
    assertThat(KeyColumn.of("b", KeyForm.BYTES).literal("00FF"), is("X'00FF'"));
    assertThat(KeyColumn.of("b", KeyForm.BYTES).literalOf(new byte[] {0, -1}), is("X'00FF'"));
    assertThat(KeyColumn.of("d", KeyForm.DATE).literal("2024-02-29"), is("'2024-02-29'"));
    assertThat(KeyColumn.of("d", KeyForm.DATE).literalOf(19_782), is("'2024-02-29'"));
    assertThat(
        KeyColumn.of("d", KeyForm.DATETIME).literalOf(1_709_164_800_000_001L),
        is("'2024-02-29 00:00:00.000001'"));
    assertThat(
        KeyColumn.of("d", KeyForm.TIME).literalOf(-3_600_000_001L), is("'-01:00:00.000001'"));
    assertThat(KeyColumn.of("d", KeyForm.DECIMAL).literal("-0.50"), is("-0.50"));
  }

  @Test
  public void aDateThatMayStandForOneWithZerosIsNoPlace() {
    KeyIndex days = primary(KeyColumn.of("line", KeyForm.DATE));

    assertThat(
        read(range(days, null, null)).behind(new Object[] {BigDecimal.ONE, 0, null}),
        is(Optional.empty()));
  }

  @Test
  public void namesTableBoundsAndPartitions() {
    assertThat(
        read(range(primary(ID), List.of("1"), null)).toString(), is("pos.orders [1, ..) of id"));
    assertThat(
        range(primary(ID, LINE), List.of("1", "2"), List.of("3")).toString(),
        is("[(1, 2), 3) of (id, line)"));
    assertThat(read(KeyRange.WHOLE).toString(), is("pos.orders all rows"));
  }

  @Test
  public void coderKeepsEverythingAndIsDeterministic() throws Exception {
    KeyRange part = range(primary(ID, LINE, NAME), null, List.of("7", "8", "_latin1 X'E4'"));
    TableRange full =
        new TableRange(
            read(part).table(),
            part.from(KeyBound.behind(List.of("1"))),
            List.of("p1"),
            "line > 1",
            5,
            read(part).sequence(),
            6);

    TableRangeCoder.of().verifyDeterministic();
    CoderProperties.coderDecodeEncodeEqual(TableRangeCoder.of(), read(part));
    CoderProperties.coderDecodeEncodeEqual(TableRangeCoder.of(), full);
    CoderProperties.coderDecodeEncodeEqual(TableRangeCoder.of(), read(KeyRange.WHOLE));
    CoderProperties.coderDeterministic(
        TableRangeCoder.of(),
        read(part),
        read(range(primary(ID, LINE, NAME), null, List.of("7", "8", "_latin1 X'E4'"))));
    CoderProperties.coderSerializable(TableRangeCoder.of());
  }
}
