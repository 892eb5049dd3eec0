package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wherever an index is cut: every row lies in exactly one range, by the conditions in SQL. */
class KeyRangesPropertyTest {
  private static final int COLUMNS = 3;
  private static final KeyIndex REQUIRED = index(false);
  private static final KeyIndex NULLABLE = index(true);
  private static final Comparator<Integer> VALUES =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<List<Integer>> PREFIXES =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = VALUES.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  private static KeyIndex index(boolean nullable) {
    List<KeyColumn> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(new KeyColumn("c" + i, KeyForm.INTEGER, null, null, nullable));
    }
    return new KeyIndex("k", columns, KeyIndex.Order.PARTIAL, KeyIndex.Storage.SECONDARY);
  }

  /** Few values, so that bounds share their first columns and rows meet bounds. */
  private static Arbitrary<Integer> values() {
    return Arbitraries.integers().between(-2, 3);
  }

  @Provide
  Arbitrary<List<KeyBound>> cuts() {
    return cuts(values());
  }

  /** The last value of a cut is there. */
  @Provide
  Arbitrary<List<KeyBound>> cutsWithNulls() {
    return cuts(values().injectNull(0.4));
  }

  private static Arbitrary<List<KeyBound>> cuts(Arbitrary<Integer> values) {
    return values
        .list()
        .ofMinSize(1)
        .ofMaxSize(COLUMNS)
        .filter(prefix -> prefix.get(prefix.size() - 1) != null)
        .set()
        .ofMaxSize(12)
        .map(
            prefixes -> {
              TreeSet<List<Integer>> sorted = new TreeSet<>(PREFIXES);
              sorted.addAll(prefixes);
              return sorted.stream()
                  .map(
                      prefix ->
                          KeyBound.before(
                              prefix.stream()
                                  .map(value -> value == null ? KeyBound.NULL : value.toString())
                                  .toList()))
                  .toList();
            });
  }

  @Provide
  Arbitrary<List<Integer>> keys() {
    return values().list().ofSize(COLUMNS);
  }

  @Provide
  Arbitrary<List<Integer>> keysWithNulls() {
    return values().injectNull(0.3).list().ofSize(COLUMNS);
  }

  @Property
  void rangesJoinEachOtherFromEndToEnd(@ForAll("cuts") List<KeyBound> cuts) {
    List<KeyRange> ranges = KeyRanges.at(REQUIRED, cuts);

    assertThat(ranges.size(), is(cuts.size() + 1));
    assertThat(ranges.get(0).from(), nullValue());
    assertThat(ranges.get(cuts.size()).to(), nullValue());
    for (int i = 0; i < cuts.size(); i++) {
      assertThat(ranges.get(i).to(), is(cuts.get(i)));
      assertThat(ranges.get(i + 1).from(), is(cuts.get(i)));
    }
  }

  @Property
  void everyKeyLiesInExactlyOneRange(
      @ForAll("cuts") List<KeyBound> cuts, @ForAll("keys") List<Integer> key) {
    assertThat(holding(KeyRanges.at(REQUIRED, cuts), key), is(1L));
  }

  @Property
  void everyKeyWithNullsLiesInExactlyOneRange(
      @ForAll("cutsWithNulls") List<KeyBound> cuts, @ForAll("keysWithNulls") List<Integer> key) {
    assertThat(holding(KeyRanges.at(NULLABLE, cuts), key), is(1L));
  }

  @Property
  void everyKeyWithNullsStandsOnItsSideOfACut(
      @ForAll("cutsWithNulls") List<KeyBound> cuts, @ForAll("keysWithNulls") List<Integer> key) {
    for (KeyBound cut : cuts) {
      List<Integer> values =
          cut.literals().stream()
              .map(value -> KeyBound.isNull(value) ? null : Integer.valueOf(value))
              .toList();
      boolean isBefore = PREFIXES.compare(key.subList(0, values.size()), values) < 0;
      KeyRange before = new KeyRange(NULLABLE, null, cut);
      KeyRange rest = new KeyRange(NULLABLE, cut, null);
      assertThat(holding(List.of(before), key), is(isBefore ? 1L : 0L));
      assertThat(holding(List.of(rest), key), is(isBefore ? 0L : 1L));
    }
  }

  @Property
  void whatLiesBehindABoundIsNotBeforeIt(
      @ForAll("cuts") List<KeyBound> cuts, @ForAll("keysWithNulls") List<Integer> key) {
    for (KeyBound cut : cuts) {
      KeyBound behind = KeyBound.behind(cut.literals());
      KeyRange before = new KeyRange(NULLABLE, null, behind);
      KeyRange rest = new KeyRange(NULLABLE, behind, null);
      assertThat(holding(List.of(before, rest), key), is(1L));
    }
  }

  private static long holding(List<KeyRange> ranges, List<Integer> key) {
    return ranges.stream()
        .filter(range -> range.isWhole() || new SqlCondition(range.condition(), key).isTrue())
        .count();
  }
}
