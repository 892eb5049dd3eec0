package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.jdbc.EvenParts.Part;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However keys are spread and however bad the estimates are. */
class EvenPartsPropertyTest {

  /** Keys in memory; places lie in the middle of the keys' span, as a database would find them. */
  private static final class Keys implements EvenParts.Order<Long> {
    private final TreeSet<Long> keys;
    private final LongUnaryOperator estimate;
    private long questions;

    Keys(TreeSet<Long> keys, LongUnaryOperator estimate) {
      this.keys = keys;
      this.estimate = estimate;
    }

    @Override
    public EvenParts.Halves rows(Long from, Long middle, Long to) {
      return new EvenParts.Halves(
          Math.max(0, estimate.applyAsLong(held(from, middle))),
          Math.max(0, estimate.applyAsLong(held(middle, to))));
    }

    private long held(Long from, Long to) {
      return keys.subSet(
              from == null ? Long.MIN_VALUE : from, true, to == null ? Long.MAX_VALUE : to, false)
          .size();
    }

    @Override
    public Long between(Long from, Long to, long rows) {
      questions++;
      Long low = from == null ? keys.first() : keys.ceiling(from);
      Long high = to == null ? keys.last() : keys.lower(to);
      if (low == null || high == null || high <= low) {
        return null;
      }
      return keys.ceiling(low + Math.max(1, (high - low) / 2));
    }
  }

  @Provide
  Arbitrary<TreeSet<Long>> keys() {
    Arbitrary<List<Long>> cluster =
        Combinators.combine(
                Arbitraries.longs().between(0, 1L << 50),
                Arbitraries.longs().between(1, 1L << 20),
                Arbitraries.integers().between(1, 3_000))
            .as(
                (first, step, count) ->
                    LongStream.range(0, count).mapToObj(i -> first + i * step).toList());
    return cluster
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(
            clusters -> {
              TreeSet<Long> all = new TreeSet<>();
              clusters.forEach(all::addAll);
              return all;
            });
  }

  @Property(tries = 200)
  void partsAreWithinTwentyPerCentWhereEstimatesAreRight(
      @ForAll("keys") TreeSet<Long> keys, @ForAll @IntRange(min = 2, max = 20) int wanted)
      throws SQLException {
    int some = Math.min(wanted, keys.size() / 25 + 1);
    Keys order = new Keys(keys, rows -> rows);

    List<Part<Long>> parts = EvenParts.of(order, keys.size(), some);

    assertThat(parts.size(), is(some));
    double mean = (double) keys.size() / some;
    for (Part<Long> part : parts) {
      long rows = order.held(part.from(), part.to());
      assertThat(part.rows(), is(rows));
      assertThat(Math.abs(rows - mean), lessThanOrEqualTo(Math.max(2, 0.2 * mean)));
    }
  }

  @Property(tries = 200)
  void partsJoinEachOtherHoweverWrongEstimatesAre(
      @ForAll("keys") TreeSet<Long> keys,
      @ForAll @IntRange(min = 1, max = 20) int wanted,
      @ForAll @IntRange(min = 0, max = 7) int kind)
      throws SQLException {
    Keys order =
        new Keys(
            keys,
            rows ->
                switch (kind) {
                  case 0 -> 0;
                  case 1 -> 1;
                  case 2 -> rows * 1_000_000;
                  case 3 -> Long.MAX_VALUE / 1_000_000_000;
                  case 4 -> rows / 3;
                  case 5 -> Math.min(rows * 2, keys.size() / 2);
                  case 6 -> rows % 7;
                  default -> rows * (1 + rows % 5);
                });

    List<Part<Long>> parts = EvenParts.of(order, keys.size() * 2L, wanted);

    assertThat(parts.size(), lessThanOrEqualTo(wanted));
    assertThat(parts.get(0).from(), nullValue());
    assertThat(parts.get(parts.size() - 1).to(), nullValue());
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).from(), is(parts.get(i - 1).to()));
      if (i > 1) {
        assertThat(parts.get(i - 1).from(), lessThan(parts.get(i).from()));
      }
    }
    assertThat(
        order.questions,
        lessThanOrEqualTo((long) EvenParts.MOST_BESIDES + (long) EvenParts.MOST_PER_PART * wanted));
  }
}
