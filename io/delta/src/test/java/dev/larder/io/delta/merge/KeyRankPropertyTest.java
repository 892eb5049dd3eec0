package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ranks say nothing that the order of keys does not say. */
class KeyRankPropertyTest {

  private static void sameOrder(Object left, Object right) {
    int order = Integer.signum(Values.compare(left, right));
    int ranks = Integer.signum(Long.compareUnsigned(KeyRank.of(left), KeyRank.of(right)));

    assertThat("of " + left + " and " + right, order * ranks, is(order == 0 ? 0 : ranks * ranks));
    assertThat(Math.abs(ranks), is(lessThanOrEqualTo(Math.abs(order))));
  }

  @Property
  void bytes(@ForAll("hashes") byte[] left, @ForAll("hashes") byte[] right) {
    sameOrder(left, right);
  }

  @Property
  void texts(@ForAll("words") String left, @ForAll("words") String right) {
    sameOrder(left, right);
  }

  @Property
  void wholeNumbers(@ForAll long left, @ForAll long right) {
    sameOrder(left, right);
    sameOrder(left, left + 1);
  }

  @Property
  void decimals(@ForAll BigDecimal left, @ForAll BigDecimal right) {
    sameOrder(left, right);
  }

  @Property
  void floats(@ForAll double left, @ForAll double right, @ForAll float single) {
    sameOrder(left, right);
    assertThat(KeyRank.of((double) single), is(KeyRank.of(single)));
  }

  /** A column that is widened has the keys that it had. */
  @Property
  void numbersOfAnyType(@ForAll long number) {
    assertThat(KeyRank.of(BigDecimal.valueOf(number)), is(KeyRank.of(number)));
    assertThat(KeyRank.of(BigDecimal.valueOf(number).setScale(3)), is(KeyRank.of(number)));
  }

  @Property
  void absentComesFirst(@ForAll("hashes") byte[] bytes, @ForAll long number) {
    sameOrder(null, bytes);
    sameOrder(null, number);
    sameOrder(null, false);
    sameOrder(false, true);
  }

  @Provide
  Arbitrary<byte[]> hashes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(12);
  }

  /** Of few characters, some of them pairs, so that many have a beginning in common. */
  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of("a", "z", "\u00e9", "\uffee", "\ud83c\udf55")
        .list()
        .ofMaxSize(10)
        .map(letters -> String.join("", letters));
  }
}
