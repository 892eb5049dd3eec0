package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the limits of a key are: every integer lies in exactly one range. */
class KeyRangesPropertyTest {
  private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_SIGNED = BigInteger.TWO.pow(63).negate();

  @Provide
  Arbitrary<BigInteger> keys() {
    return Arbitraries.bigIntegers().between(MIN_SIGNED, MAX_UNSIGNED);
  }

  @Property
  void rangesJoinEachOtherFromEndToEnd(
      @ForAll("keys") BigInteger one,
      @ForAll("keys") BigInteger other,
      @ForAll @IntRange(min = 1, max = 300) int count) {
    List<KeyRange> ranges = KeyRanges.evenly("id", one.min(other), one.max(other), count);

    assertThat(ranges.get(0).from(), nullValue());
    assertThat(ranges.get(ranges.size() - 1).to(), nullValue());
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).from(), is(ranges.get(i - 1).to()));
    }
  }

  @Property
  void everyKeyLiesInExactlyOneRange(
      @ForAll("keys") BigInteger one,
      @ForAll("keys") BigInteger other,
      @ForAll("keys") BigInteger key,
      @ForAll @IntRange(min = 1, max = 100) int count) {
    List<KeyRange> ranges = KeyRanges.evenly("id", one.min(other), one.max(other), count);

    assertThat(ranges.stream().filter(range -> contains(range, key)).count(), is(1L));
  }

  @Property
  void innerRangesAreOfOneLengthGiveOrTakeOne(
      @ForAll("keys") BigInteger one,
      @ForAll("keys") BigInteger other,
      @ForAll @IntRange(min = 1, max = 300) int count) {
    BigInteger min = one.min(other);
    BigInteger max = one.max(other);
    BigInteger span = max.subtract(min).add(BigInteger.ONE);
    BigInteger pieces = BigInteger.valueOf(count).min(span);

    List<KeyRange> ranges = KeyRanges.evenly("id", min, max, count);

    assertThat(ranges.size(), is(pieces.intValue()));
    for (KeyRange range : ranges) {
      BigInteger from = range.from() == null ? min : new BigInteger(range.from());
      BigInteger to = range.to() == null ? max.add(BigInteger.ONE) : new BigInteger(range.to());
      BigInteger length = to.subtract(from);
      assertThat(length, greaterThanOrEqualTo(span.divide(pieces)));
      assertThat(length, lessThanOrEqualTo(span.divide(pieces).add(BigInteger.ONE)));
    }
  }

  private static boolean contains(KeyRange range, BigInteger key) {
    return (range.from() == null || key.compareTo(new BigInteger(range.from())) >= 0)
        && (range.to() == null || key.compareTo(new BigInteger(range.to())) < 0);
  }

  @Example
  void emptyTableIsOneRange() {
    assertThat(KeyRanges.evenly("id", null, null, 10), is(List.of(new KeyRange("id", null, null))));
  }

  @Example
  void oneRowIsOneRange() {
    assertThat(
        KeyRanges.evenly("id", BigInteger.TEN, BigInteger.TEN, 10),
        is(List.of(new KeyRange("id", null, null))));
  }

  @Example
  void cutsNegativeKeysAndTheLargestUnsignedOne() {
    assertThat(
        KeyRanges.evenly("id", BigInteger.valueOf(-10), BigInteger.valueOf(9), 2),
        is(List.of(new KeyRange("id", null, "0"), new KeyRange("id", "0", null))));
    assertThat(
        KeyRanges.evenly("id", BigInteger.ZERO, MAX_UNSIGNED, 2),
        is(
            List.of(
                new KeyRange("id", null, "9223372036854775808"),
                new KeyRange("id", "9223372036854775808", null))));
  }
}
