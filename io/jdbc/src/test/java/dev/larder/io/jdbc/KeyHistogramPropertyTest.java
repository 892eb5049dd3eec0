package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However the keys are spread, parts have about equal rows and leave no key out. */
class KeyHistogramPropertyTest {
  private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_SIGNED = BigInteger.TWO.pow(63).negate();

  /** Clusters of 1 to 400 keys, dense or with steps, anywhere from the lowest to the highest. */
  @Provide
  Arbitrary<NavigableSet<BigInteger>> keys() {
    Arbitrary<List<BigInteger>> cluster =
        Combinators.combine(
                Arbitraries.bigIntegers().between(MIN_SIGNED, MAX_UNSIGNED),
                Arbitraries.integers().between(1, 400),
                Arbitraries.longs().between(1, 1L << 40))
            .as(KeyHistogramPropertyTest::cluster);
    return cluster
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(
            clusters -> {
              NavigableSet<BigInteger> keys = new TreeSet<>();
              clusters.forEach(keys::addAll);
              return keys;
            });
  }

  private static List<BigInteger> cluster(BigInteger start, int count, long step) {
    List<BigInteger> keys = new ArrayList<>(count);
    for (long i = 0; i < count; i++) {
      BigInteger key = start.add(BigInteger.valueOf(i).multiply(BigInteger.valueOf(step)));
      keys.add(key.min(MAX_UNSIGNED));
    }
    return keys;
  }

  private static long count(NavigableSet<BigInteger> keys, BigInteger from, BigInteger to) {
    return keys.subSet(from, true, to, false).size();
  }

  /** As InnoDB estimates: exact when few, twice too many else, and never above half of all. */
  private static KeyHistogram.RowEstimate innoDb(NavigableSet<BigInteger> keys) {
    return (from, to) -> {
      long rows = count(keys, from, to);
      return rows < 10 ? Math.max(1, rows) : Math.max(1, Math.min(2 * rows, keys.size() / 2));
    };
  }

  private static List<KeyHistogram.Part> parts(
      NavigableSet<BigInteger> keys, int rowsPerPart, KeyHistogram.RowEstimate estimate)
      throws SQLException {
    return KeyHistogram.of(keys.first(), keys.last(), keys.size(), rowsPerPart, estimate);
  }

  @Property(tries = 200)
  void partsLeaveNoKeyOut(
      @ForAll("keys") NavigableSet<BigInteger> keys, @ForAll @IntRange(min = 1, max = 500) int rows)
      throws SQLException {
    List<KeyHistogram.Part> parts = parts(keys, rows, innoDb(keys));

    assertThat(parts.get(0).from(), is(keys.first()));
    assertThat(parts.get(parts.size() - 1).to(), is(keys.last().add(BigInteger.ONE)));
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).from(), is(parts.get(i - 1).to()));
    }
  }

  @Property(tries = 200)
  void noPartHasMuchMoreRowsThanWanted(
      @ForAll("keys") NavigableSet<BigInteger> keys,
      @ForAll @IntRange(min = 20, max = 500) int rows)
      throws SQLException {
    List<Long> counts =
        parts(keys, rows, (from, to) -> count(keys, from, to)).stream()
            .map(part -> count(keys, part.from(), part.to()))
            .toList();

    assertThat(counts, everyItem(lessThanOrEqualTo(Math.round(rows * 1.1))));
  }

  @Property(tries = 200)
  void neighboursHaveMoreRowsThanWantedTogether(
      @ForAll("keys") NavigableSet<BigInteger> keys,
      @ForAll @IntRange(min = 20, max = 500) int rows)
      throws SQLException {
    List<KeyHistogram.Part> parts = parts(keys, rows, (from, to) -> count(keys, from, to));

    for (int i = 1; i < parts.size(); i++) {
      assertThat(
          count(keys, parts.get(i - 1).from(), parts.get(i).to()),
          greaterThanOrEqualTo((long) rows));
    }
  }

  @Property(tries = 100)
  void senselessEstimatesEndTooAndLeaveNoKeyOut(
      @ForAll("keys") NavigableSet<BigInteger> keys, @ForAll long seed) throws SQLException {
    Random random = new Random(seed);
    int[] asked = {0};

    List<KeyHistogram.Part> parts =
        parts(
            keys,
            100,
            (from, to) -> {
              asked[0]++;
              return random.nextInt(1_000_000);
            });

    assertThat(asked[0], lessThan(1_002 + keys.size() / 100 * 32));
    assertThat(parts.get(0).from(), is(keys.first()));
    assertThat(parts.get(parts.size() - 1).to(), is(keys.last().add(BigInteger.ONE)));
  }

  @Example
  void oneKeyOfManyRowsIsOnePart() throws SQLException {
    assertThat(
        KeyHistogram.of(BigInteger.TEN, BigInteger.TEN, 1_000, 10, (from, to) -> 1_000),
        hasSize(1));
  }
}
