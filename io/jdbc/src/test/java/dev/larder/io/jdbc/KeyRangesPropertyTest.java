package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wherever a key is cut: every integer lies in exactly one range. */
class KeyRangesPropertyTest {
  private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_SIGNED = BigInteger.TWO.pow(63).negate();

  @Provide
  Arbitrary<BigInteger> keys() {
    return Arbitraries.bigIntegers().between(MIN_SIGNED, MAX_UNSIGNED);
  }

  @Provide
  Arbitrary<List<BigInteger>> cuts() {
    return keys().set().ofMaxSize(50).map(set -> List.copyOf(new TreeSet<>(set)));
  }

  @Property
  void rangesJoinEachOtherFromEndToEnd(@ForAll("cuts") List<BigInteger> cuts) {
    List<KeyRange> ranges = KeyRanges.at("id", cuts);

    assertThat(ranges.size(), is(cuts.size() + 1));
    assertThat(ranges.get(0).from(), nullValue());
    assertThat(ranges.get(cuts.size()).to(), nullValue());
    for (int i = 0; i < cuts.size(); i++) {
      assertThat(ranges.get(i).to(), is(cuts.get(i).toString()));
      assertThat(ranges.get(i + 1).from(), is(cuts.get(i).toString()));
    }
  }

  @Property
  void everyKeyLiesInExactlyOneRange(
      @ForAll("cuts") List<BigInteger> cuts, @ForAll("keys") BigInteger key) {
    List<KeyRange> ranges = KeyRanges.at("id", cuts);

    assertThat(ranges.stream().filter(range -> contains(range, key)).count(), is(1L));
    for (BigInteger cut : cuts) {
      assertThat(ranges.stream().filter(range -> contains(range, cut)).count(), is(1L));
    }
  }

  private static boolean contains(KeyRange range, BigInteger key) {
    return (range.from() == null || key.compareTo(new BigInteger(range.from())) >= 0)
        && (range.to() == null || key.compareTo(new BigInteger(range.to())) < 0);
  }

  @Example
  void cutsThatDoNotAscendAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyRanges.at("id", List.of(BigInteger.TWO, BigInteger.TWO)));
  }
}
