package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.jdbc.KeyRange;
import dev.larder.io.jdbc.TableRange;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class WavesPropertyTest {
  private static final TableSchema ORDERS =
      new TableSchema(
          TableId.parse("pos.orders"),
          RowSchema.of(Column.required("id", ColumnType.INT)),
          List.of("id"));

  @Property(tries = 300)
  void wavesFollowOneAnotherToTheLastRange(
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 300_000) Long> rows,
      @ForAll @LongRange(min = 1, max = 1_000_000) long wanted,
      @ForAll @IntRange(min = 1, max = 8) int minRanges) {
    List<TableRange> ranges = rows.stream().map(WavesPropertyTest::range).toList();
    Waves waves = new Waves(wanted, minRanges);

    int from = 0;
    while (from < ranges.size()) {
      int to = waves.end(ranges, from);
      long before =
          ranges.subList(from, to - 1).stream().mapToLong(TableRange::estimatedRows).sum();

      assertThat(to, is(greaterThan(from)));
      // No wave goes on behind the range with which it was large enough.
      assertThat(before < wanted || to - from <= minRanges, is(true));
      assertThat(to - from >= minRanges || to == ranges.size(), is(true));
      from = to;
    }
    assertThat(from, is(ranges.size()));
  }

  @Example
  void manySmallTablesShareAWave() {
    List<TableRange> empty = java.util.Collections.nCopies(2_000, range(0));

    assertThat(new Waves(5_000_000, 8).end(empty, 0), is(500));
  }

  private static TableRange range(long rows) {
    return TableRange.of(ORDERS, KeyRange.WHOLE, rows, Sequence.BEGINNING, 0);
  }
}
