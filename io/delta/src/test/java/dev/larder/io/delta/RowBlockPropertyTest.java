package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;

/** Whatever rows of a block have in common, each comes out as it went in. */
class RowBlockPropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("key", ColumnType.BINARY),
          Column.nullable("origin", ColumnType.STRING),
          Column.nullable("amount", ColumnType.decimal(9, 2)),
          Column.nullable("ratio", ColumnType.DOUBLE),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable(
              "pair", ColumnType.struct(RowSchema.of(Column.nullable("a", ColumnType.STRING)))));

  private record Row(long rank, Object[] values, Sequence order, TableRow.Change change) {}

  @Property(tries = 500)
  void aBlockHoldsEveryRowAsItWas(@ForAll("rows") List<Row> rows) throws CoderException {
    RowBlockBuilder builder = new RowBlockBuilder(SCHEMA);
    // One block after another in the same memory: what differed in the first is still known.
    for (int block = 0; block < 2; block++) {
      rows.forEach(row -> builder.add(row.values, row.order, row.change, row.rank));
      assertSame(sent(builder.build()), sorted(rows));
    }
  }

  @Property(tries = 500)
  void rowsOfOtherBlocksAreAddedAsTheyWere(
      @ForAll("rows") List<Row> first, @ForAll("rows") List<Row> second) throws CoderException {
    List<Row> all = new ArrayList<>();
    RowBlockBuilder together = new RowBlockBuilder(SCHEMA);
    for (List<Row> rows : List.of(first, second, first)) {
      RowBlockBuilder builder = new RowBlockBuilder(SCHEMA);
      rows.forEach(row -> builder.add(row.values, row.order, row.change, row.rank));
      RowBlock.Cursor row = sent(builder.build()).cursor();
      while (row.hasNext()) {
        row.advance();
        together.add(row);
      }
      all.addAll(sorted(rows));
    }
    assertSame(sent(together.build()), sorted(all));
  }

  @Example
  void whatAllRowsHaveStandsOnce() {
    RowBlockBuilder alike = new RowBlockBuilder(SCHEMA);
    RowBlockBuilder different = new RowBlockBuilder(SCHEMA);
    for (int i = 0; i < 100; i++) {
      byte[] key = {(byte) i, 1, 2, 3};
      Object[] row = {key, "POS.MySQL", null, null, 1_700_000_000_000_000L, null};
      alike.add(row, new Sequence(1, 2_000_000, 0), TableRow.Change.PUT, i);
      row[1] = "POS.MySQL" + i;
      different.add(row, new Sequence(1, 2_000_000, i), TableRow.Change.PUT, i);
    }
    // A head of 8 bytes, a byte for NULLs, five for the key; once the origin and the time.
    int once = RowSize.of(new Object[] {"POS.MySQL", 1L}) + RowSize.of(new Object[0]);
    assertThat(alike.build().size(), is(100 * 14 + once));
    assertThat(100 * 25, is(lessThan(different.build().size())));
  }

  @Example
  void whatManyRowsHaveStandsOnceAndWhatFewHaveStandsInThem() throws CoderException {
    RowBlockBuilder builder = new RowBlockBuilder(SCHEMA);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] key = new byte[32];
      new Random(i % 800).nextBytes(key);
      Object[] row = {key, "order " + i, null, (double) i, 7L, null};
      rows.add(new Row((long) i << Integer.SIZE, row, new Sequence(1, 4, 0), TableRow.Change.PUT));
      builder.add(row, rows.get(i).order, TableRow.Change.PUT, rows.get(i).rank);
    }
    RowBlock block = builder.build();
    assertSame(sent(block), rows);
    // Heads and NULLs 9, a reference 2, a text up to 11, a ratio 8; hashes apart.
    assertThat(block.size(), is(lessThan(10_000 * 30 + 800 * 36 + 1_000)));
  }

  private static RowBlock sent(RowBlock block) throws CoderException {
    return CoderUtils.clone(new RowBlock.BlockCoder(), block);
  }

  private static List<Row> sorted(List<Row> rows) {
    // Rows of one upper half of a rank stay as they came.
    return rows.stream().sorted(Comparator.comparing(row -> row.rank >>> Integer.SIZE)).toList();
  }

  private static void assertSame(RowBlock block, List<Row> rows) {
    assertThat(block.rows(), is((long) rows.size()));
    int i = 0;
    RowBlock.Cursor cursor = block.cursor();
    for (Incoming row : block) {
      Row wanted = rows.get(i++);
      assertThat(Values.sameRow(row.values(), wanted.values), is(true));
      assertThat(row.order(), is(wanted.order));
      assertThat(row.change(), is(wanted.change));
      cursor.advance();
      assertThat(cursor.rank(), is(RowBlock.upper(wanted.rank)));
      Object[] begin = cursor.begin(3);
      assertThat(Values.same(begin[2], wanted.values[2]), is(true));
      assertThat(Values.same(begin[1], wanted.values[1]), is(true));
    }
    assertThat(i, is(rows.size()));
  }

  /** Few different values, so that some columns have one, and some have it for a while. */
  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Object[]> values =
        Combinators.combine(
                Arbitraries.of(new byte[0], new byte[] {1}, new byte[] {2}),
                Arbitraries.of("POS", "ERP").injectNull(0.2),
                Arbitraries.of("1.50", "1.51").map(BigDecimal::new).injectNull(0.2),
                Arbitraries.of(0.0, -0.0, Double.NaN),
                Arbitraries.of(7L, 8L).injectNull(0.1),
                Arbitraries.of("x", "y").injectNull(0.3).map(text -> new Object[] {text}))
            .as(
                (key, origin, amount, ratio, at, pair) ->
                    new Object[] {key, origin, amount, ratio, at, pair});
    Arbitrary<Row> alike =
        Arbitraries.longs()
            .between(0, 3)
            .map(
                rank ->
                    new Row(
                        rank << Integer.SIZE,
                        new Object[] {new byte[] {9}, "POS", null, 1.0, 7L, new Object[] {null}},
                        new Sequence(1, 4, 0),
                        TableRow.Change.PUT));
    Arbitrary<Row> any =
        Combinators.combine(
                Arbitraries.longs().between(0, 3),
                values,
                Arbitraries.longs().between(4, 5),
                Arbitraries.of(TableRow.Change.PUT, TableRow.Change.DELETE))
            .as(
                (rank, row, position, change) ->
                    new Row(rank << Integer.SIZE, row, new Sequence(1, position, 0), change));
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, alike), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
