package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@link InsertIfSetChangedMerge} against "a set is stored if it is not the one before it". */
class InsertIfSetChangedMergePropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.required("seq", ColumnType.INT),
          Column.required("phone", ColumnType.STRING),
          Column.required("diff", ColumnType.STRING),
          Column.nullable("note", ColumnType.STRING));
  private static final LoadRule RULE =
      new LoadRule.InsertIfSetChanged(List.of("key"), List.of("phone"), "seq", List.of("diff"));

  private static Incoming row(String key, long seq, String phone, String diff, String note) {
    return new Incoming(new Object[] {key, seq, phone, diff, note}, Rows.seq(seq), Change.PUT);
  }

  private static Incoming row(String key, long seq, String phone, String diff) {
    return row(key, seq, phone, diff, null);
  }

  /** Sets of one to four elements, one for a number; equal elements may differ in the note. */
  @Provide
  Arbitrary<List<List<Incoming>>> sets() {
    Arbitrary<String> elements =
        Arbitraries.of("1 X -", "1 X -", "1 X +", "1 Y -", "2 X -", "2 X +");
    Arbitrary<List<String>> sets = elements.list().ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(Arbitraries.of("a", "b"), sets)
        .as(Map::entry)
        .list()
        .ofMaxSize(14)
        .map(
            said -> {
              List<List<Incoming>> events = new ArrayList<>();
              for (int seq = 0; seq < said.size(); seq++) {
                List<Incoming> event = new ArrayList<>();
                for (String element : said.get(seq).getValue()) {
                  String[] parts = element.split(" ");
                  event.add(row(said.get(seq).getKey(), seq, parts[0], parts[1], parts[2]));
                }
                events.add(event);
              }
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 14).list().ofMaxSize(5);
  }

  /** The rows of each set once, by key and order. */
  private static Map<String, Map<Long, List<Object[]>>> sets(Collection<Object[]> rows) {
    Map<String, Map<Long, List<Object[]>>> sets = new TreeMap<>();
    for (Object[] row : rows) {
      List<Object[]> set =
          sets.computeIfAbsent((String) row[0], key -> new TreeMap<>())
              .computeIfAbsent((Long) row[1], order -> new ArrayList<>());
      if (set.stream().noneMatch(known -> Values.sameRow(known, row))) {
        set.add(row);
      }
    }
    return sets;
  }

  /** The rows without sets that are equal to the one before in member and compared column. */
  private static List<String> collapsed(Collection<Object[]> rows) {
    List<Object[]> kept = new ArrayList<>();
    for (Map<Long, List<Object[]>> ofKey : sets(rows).values()) {
      List<String> before = List.of();
      for (List<Object[]> set : ofKey.values()) {
        List<String> elements = set.stream().map(row -> row[2] + " " + row[3]).sorted().toList();
        if (!elements.equals(before)) {
          kept.addAll(set);
        }
        before = elements;
      }
    }
    return Rows.texts(kept);
  }

  private static List<Object[]> values(List<List<Incoming>> events) {
    return events.stream().flatMap(List::stream).map(Incoming::values).toList();
  }

  private static List<Incoming> flat(List<List<Incoming>> events) {
    return events.stream().flatMap(List::stream).toList();
  }

  @Property
  void everyChangedSetIsKeptWholeWhateverTheBatches(
      @ForAll("sets") List<List<Incoming>> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = new MergeTable(RULE, SCHEMA);
    int from = 0;
    for (int cut : cuts.stream().map(c -> c % (events.size() + 1)).sorted().toList()) {
      table.load(flat(events.subList(from, cut)));
      from = cut;
    }
    table.load(flat(events.subList(from, events.size())));

    assertThat(table.texts(), is(collapsed(values(events))));
  }

  @Property
  void arrivalWithinABatchDuplicatesAndRepetitionsDoNotMatter(
      @ForAll("sets") List<List<Incoming>> events, @ForAll long seed) {
    List<Incoming> shuffled = new ArrayList<>(flat(events));
    shuffled.addAll(flat(events));
    Collections.shuffle(shuffled, new Random(seed));
    List<String> once = collapsed(values(events));

    MergeTable table = new MergeTable(RULE, SCHEMA).load(shuffled);

    assertThat(table.texts(), is(once));
    assertThat(table.load(shuffled).texts(), is(once));
  }

  @Property
  void withLaterSetsAnyOrderOfArrivalGivesTheSameHistory(
      @ForAll("sets") List<List<Incoming>> events, @ForAll long seed) {
    MergeTable table = Arrival.load(new MergeTable(RULE, SCHEMA), events, seed);

    assertThat(collapsed(table.rows()), is(collapsed(values(events))));
  }

  @Example
  void aSetThatShrinksIsAddedAsTheSmallerOne() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(row("a", 1, "1", "X"), row("a", 1, "2", "X")));

    table.load(List.of(row("a", 2, "1", "X")));

    assertThat(
        table.texts(), contains("[a, 1, 1, X, null]", "[a, 1, 2, X, null]", "[a, 2, 1, X, null]"));
  }

  @Example
  void equalElementsCount() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA)
            .load(List.of(row("a", 1, "1", "X", "p"), row("a", 1, "1", "X", "q")));

    table.load(List.of(row("a", 2, "1", "X", "p")));

    assertThat(table.rows().size(), is(3));
  }

  @Example
  void aLateSetIsPlacedInItsOrder() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(row("a", 1, "1", "X"), row("a", 5, "1", "Z")));

    table.load(List.of(row("a", 3, "1", "Y"), row("a", 2, "1", "X"), row("a", 6, "1", "Z")));

    assertThat(
        table.texts(), contains("[a, 1, 1, X, null]", "[a, 3, 1, Y, null]", "[a, 5, 1, Z, null]"));
  }

  @Example
  void rowsWithoutAKeyOrAMemberAreLeftOut() {
    MergeTable table = new MergeTable(RULE, SCHEMA);

    table.load(List.of(row("a", 1, "1", "X"), row("a", 1, null, "X"), row(null, 1, "1", "X")));

    assertThat(table.texts(), contains("[a, 1, 1, X, null]"));
  }

  @Example
  void deletesAreRefused() {
    for (Change change : List.of(Change.DELETE, Change.DELETE_ALL)) {
      Incoming row = new Incoming(row("a", 1, "1", "X").values(), Rows.seq(1), change);

      UserException error =
          assertThrows(UserException.class, () -> new MergeTable(RULE, SCHEMA).load(List.of(row)));

      assertThat(error.getMessage().contains("whose rule is InsertIfSetChanged"), is(true));
    }
  }
}
