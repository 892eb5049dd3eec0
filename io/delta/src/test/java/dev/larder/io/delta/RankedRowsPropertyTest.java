package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import dev.larder.io.delta.merge.RowKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However rows came in blocks, ranges of keys hold all rows of their keys, in order. */
class RankedRowsPropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("code", ColumnType.STRING), Column.nullable("number", ColumnType.INT));
  private static final RowKey.Of KEY = new RowKey.Of(SCHEMA, List.of("code"));

  @Property(tries = 300)
  void everyKeyIsInOneRange(
      @ForAll("keys") List<List<String>> blocks, @ForAll @IntRange(min = 1, max = 9) int atLeast) {
    List<String> wanted = new ArrayList<>();
    RankedRows rows = new RankedRows(blocks(blocks, wanted), SCHEMA);

    List<String> found = new ArrayList<>();
    Set<String> before = new HashSet<>();
    String last = "";
    for (int from = 0, to; from < rows.size(); from = to) {
      to = rows.end(from, atLeast);
      assertThat(to, is(greaterThan(from)));
      Set<String> here = new HashSet<>();
      for (Incoming row : rows.rows(from, to)) {
        String key = (String) row.values()[0];
        here.add(key);
        found.add(key + row.values()[1]);
        assertThat(row.order(), is(Rows.seq((Long) row.values()[1])));
      }
      String least = Collections.min(here);
      assertThat("ranges are in order", last.compareTo(least) <= 0, is(true));
      assertThat("no key is in two ranges", Collections.disjoint(before, here), is(true));
      last = Collections.max(here);
      before.addAll(here);
    }
    Collections.sort(found);
    Collections.sort(wanted);
    assertThat(found, is(wanted));
  }

  /** Blocks as bundles bring them; each row has a number of its own. */
  private static List<RowBlock> blocks(List<List<String>> keys, List<String> wanted) {
    List<RowBlock> blocks = new ArrayList<>();
    long number = 0;
    for (List<String> each : keys) {
      RowBlockBuilder block = new RowBlockBuilder(SCHEMA);
      for (String key : each) {
        TableRow row = Rows.put("t", SCHEMA, number, key, number);
        block.add(row, KEY.rank(row.values()));
        wanted.add(key + number++);
      }
      blocks.add(block.build());
    }
    return blocks;
  }

  /** Some have their first four bytes, which ranks are compared by, in common. */
  @Provide
  Arbitrary<List<List<String>>> keys() {
    return Arbitraries.of("a", "b", "same1", "same2", "same3", "z")
        .list()
        .ofMaxSize(12)
        .list()
        .ofMaxSize(5);
  }
}
