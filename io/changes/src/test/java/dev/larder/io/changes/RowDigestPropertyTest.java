package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RowDigestPropertyTest {

  @Provide
  Arbitrary<List<Object[]>> rows() {
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            Arbitraries.longs().map(any -> (Object) any),
            Arbitraries.longs().between(-3, 3).map(any -> (Object) any),
            Arbitraries.strings().ofMaxLength(12).map(any -> (Object) any),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(any -> (Object) any),
            Arbitraries.bigDecimals().ofScale(2).map(any -> (Object) any),
            Arbitraries.integers().map(any -> (Object) any),
            Arbitraries.doubles().map(any -> (Object) any),
            Arbitraries.floats().map(any -> (Object) any),
            Arbitraries.of(true, false).map(any -> (Object) any),
            Arbitraries.just(null));
    return Combinators.combine(value, value, value)
        .as((a, b, c) -> new Object[] {a, b, c})
        .list()
        .ofMaxSize(20);
  }

  @Property(tries = 200)
  void orderDoesNotMatterAndPartsAddUp(
      @ForAll("rows") List<Object[]> rows, @ForAll Random random, @ForAll Random cut) {
    RowDigest whole = digest(rows);
    List<Object[]> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    int middle = cut.nextInt(rows.size() + 1);
    RowDigest left = digest(shuffled.subList(0, middle));
    RowDigest right = digest(shuffled.subList(middle, rows.size()));

    assertThat(left.rows() + right.rows(), is(whole.rows()));
    assertThat(left.bytes() + right.bytes(), is(whole.bytes()));
    assertThat(left.checksum() + right.checksum(), is(whole.checksum()));
  }

  @Property(tries = 200)
  void everyRowCounts(@ForAll("rows") List<Object[]> rows, @ForAll Random random) {
    if (rows.isEmpty()) {
      return;
    }
    List<Object[]> fewer = new ArrayList<>(rows);
    Object[] row = fewer.remove(random.nextInt(rows.size()));
    List<Object[]> twice = new ArrayList<>(rows);
    twice.add(row);

    assertThat(digest(fewer).checksum(), is(not(digest(rows).checksum())));
    assertThat(digest(twice).checksum(), is(not(digest(rows).checksum())));
  }

  @Property(tries = 500)
  void aChangedValueChangesTheChecksum(
      @ForAll("rows") List<Object[]> rows, @ForAll("rows") List<Object[]> others) {
    for (int i = 0; i < Math.min(rows.size(), others.size()); i++) {
      Object[] row = rows.get(i);
      Object[] other = row.clone();
      other[i % 3] = others.get(i)[i % 3];

      boolean same = Values.sameRow(row, other);
      boolean equal =
          digest(List.<Object[]>of(row)).checksum() == digest(List.<Object[]>of(other)).checksum();
      // Values of different types are no two values of one column.
      if (same || sameType(row[i % 3], other[i % 3])) {
        assertThat(equal, is(same));
      }
    }
  }

  private static boolean sameType(Object left, Object right) {
    return left == null || right == null || left.getClass() == right.getClass();
  }

  @Example
  void textsThatJavaHashesAlikeAreToldApart() {
    assertThat(one("Aa"), is(not(one("BB"))));
    assertThat(one(""), is(not(one((Object) null))));
    assertThat(one("a", "bc"), is(not(one("ab", "c"))));
    assertThat(one("a", "b"), is(not(one("b", "a"))));
    assertThat(one(new byte[] {0}), is(not(one(new byte[] {0, 0}))));
  }

  /** The hash may never change: checksums of snapshots are compared over years. */
  @Example
  void checksumIsThatOfEarlierVersions() {
    RowDigest digest = new RowDigest();
    digest.add(
        new Object[] {
          42L,
          "Margherita",
          new BigDecimal("7.50"),
          new BigDecimal("18446744073709551615"),
          null,
          true,
          19_000,
          1.5d,
          2.5f,
          new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9},
          new Object[] {1L, "inner"}
        });

    assertThat(digest.rows(), is(1L));
    assertThat(digest.bytes(), is(8L + 10 + 8 + 8 + 1 + 4 + 8 + 4 + 9 + 8 + 5));
    assertThat(Long.toHexString(digest.checksum()), is("d222c887a8119f09"));
  }

  private static long one(Object... row) {
    return digest(List.<Object[]>of(row)).checksum();
  }

  private static RowDigest digest(List<Object[]> rows) {
    RowDigest digest = new RowDigest();
    rows.forEach(digest::add);
    return digest;
  }
}
