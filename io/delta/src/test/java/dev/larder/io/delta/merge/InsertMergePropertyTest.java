package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

/** {@link InsertIfAbsentMerge} and {@link InsertIfChangedMerge} against models of one line each. */
class InsertMergePropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.required("seq", ColumnType.INT),
          Column.required("diff", ColumnType.STRING));
  private static final LoadRule ABSENT = new LoadRule.InsertIfAbsent(List.of("key"));
  private static final LoadRule CHANGED =
      new LoadRule.InsertIfChanged(List.of("key"), "seq", List.of("diff"));

  @Provide
  Arbitrary<List<MergeRule.Incoming>> events() {
    Arbitrary<List<String>> keys = Arbitraries.of("a", "b", "c").list().ofMaxSize(30);
    Arbitrary<List<String>> diffs = Arbitraries.of("X", "Y").list().ofSize(30);
    return Combinators.combine(keys, diffs)
        .as(
            (key, diff) -> {
              List<MergeRule.Incoming> events = new ArrayList<>();
              for (int i = 0; i < key.size(); i++) {
                events.add(event(key.get(i), i, diff.get(i)));
              }
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 30).list().ofMaxSize(5);
  }

  private static MergeRule.Incoming event(String key, long seq, String diff) {
    return new MergeRule.Incoming(new Object[] {key, seq, diff}, Rows.seq(seq), Change.PUT);
  }

  @Property
  void theFirstRowOfAKeyStays(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    Map<Object, Object[]> model = new LinkedHashMap<>();
    events.forEach(event -> model.putIfAbsent(event.values()[0], event.values()));

    assertThat(
        new MergeTable(ABSENT, SCHEMA).loadCut(events, cuts).texts(),
        is(Rows.texts(model.values())));
  }

  @Property
  void arrivalWithinABatchDoesNotMatter(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll long seed) {
    List<MergeRule.Incoming> shuffled = new ArrayList<>(events);
    shuffled.addAll(events);
    Collections.shuffle(shuffled, new Random(seed));

    for (LoadRule rule : List.of(ABSENT, CHANGED)) {
      assertThat(
          new MergeTable(rule, SCHEMA).load(shuffled).texts(),
          is(new MergeTable(rule, SCHEMA).load(events).texts()));
    }
  }

  @Property
  void everyChangeIsKeptWhateverTheBatches(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    Map<Object, Object> last = new TreeMap<>();
    List<Object[]> model = new ArrayList<>();
    for (MergeRule.Incoming event : events) {
      if (!event.values()[2].equals(last.put(event.values()[0], event.values()[2]))) {
        model.add(event.values());
      }
    }

    assertThat(
        new MergeTable(CHANGED, SCHEMA).loadCut(events, cuts).texts(), is(Rows.texts(model)));
  }

  @Property
  void loadingTheSameAgainChangesNothing(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    for (LoadRule rule : List.of(ABSENT, CHANGED)) {
      MergeTable table = new MergeTable(rule, SCHEMA).load(events);
      List<String> once = table.texts();

      assertThat(table.loadCut(events, cuts).texts(), is(once));
    }
  }

  @Example
  void aLateRowIsPlacedInItsOrder() {
    MergeTable table = new MergeTable(CHANGED, SCHEMA);
    table.load(List.of(event("a", 1, "X"), event("a", 5, "Z")));

    table.load(List.of(event("a", 3, "Y"), event("a", 2, "X"), event("a", 6, "Z")));

    assertThat(table.texts(), contains("[a, 1, X]", "[a, 3, Y]", "[a, 5, Z]"));
  }

  private static MergeRule.Incoming deleteAll(long seq) {
    return new MergeRule.Incoming(
        new Object[] {null, seq, "gone"}, Rows.seq(seq), Change.DELETE_ALL);
  }

  @Example
  void theEndOfAllRowsIsAddedForEveryKeyThatWasThere() {
    MergeTable table =
        new MergeTable(CHANGED, SCHEMA)
            .load(List.of(event("a", 1, "X"), event("b", 2, "X"), event("c", 9, "X")));

    table.load(List.of(event("d", 3, "X"), deleteAll(5), event("a", 7, "X"), event("e", 8, "X")));
    table.load(List.of(deleteAll(5), deleteAll(6)));

    assertThat(
        table.texts(),
        contains(
            "[a, 1, X]",
            "[a, 5, gone]",
            "[a, 7, X]",
            "[b, 2, X]",
            "[b, 5, gone]",
            "[c, 9, X]",
            "[d, 3, X]",
            "[d, 5, gone]",
            "[e, 8, X]"));
  }

  @Property
  void endsOfAllRowsDoNotDependOnBatches(
      @ForAll("events") List<MergeRule.Incoming> puts,
      @ForAll("cuts") List<Integer> ends,
      @ForAll("cuts") List<Integer> cuts) {
    List<MergeRule.Incoming> events = new ArrayList<>();
    puts.forEach(
        put ->
            events.add(
                event(
                    (String) put.values()[0],
                    2 * (Long) put.values()[1],
                    (String) put.values()[2])));
    ends.forEach(seq -> events.add(deleteAll(2L * seq + 1)));
    events.sort(Comparator.comparing(MergeRule.Incoming::order));
    assertThat(
        new MergeTable(CHANGED, SCHEMA).loadCut(events, cuts).texts(),
        is(Rows.texts(history(events))));
    MergeTable late =
        Arrival.load(
            new MergeTable(CHANGED, SCHEMA),
            events.stream().map(List::of).toList(),
            events.hashCode());
    assertThat(Rows.texts(collapsed(late)), is(Rows.texts(history(events))));
  }

  /** The rows without those that are equal to the one before. */
  private static List<Object[]> collapsed(MergeTable table) {
    List<Object[]> rows = new ArrayList<>(table.rows());
    rows.sort((left, right) -> Long.compare((Long) left[1], (Long) right[1]));
    Map<Object, Object> before = new TreeMap<>();
    rows.removeIf(row -> row[2].equals(before.put(row[0], row[2])));
    return rows;
  }

  private static List<Object[]> history(List<MergeRule.Incoming> events) {
    Map<Object, Object> last = new TreeMap<>();
    List<Object[]> model = new ArrayList<>();
    for (MergeRule.Incoming event : events) {
      List<Object> keys =
          event.change() == Change.PUT ? List.of(event.values()[0]) : List.copyOf(last.keySet());
      for (Object key : keys) {
        if (!event.values()[2].equals(last.put(key, event.values()[2]))) {
          model.add(new Object[] {key, event.values()[1], event.values()[2]});
        }
      }
    }

    return model;
  }

  @Example
  void aRowWithAStoredOrderIsTheStoredEvent() {
    MergeTable table = new MergeTable(CHANGED, SCHEMA).load(List.of(event("a", 1, "X")));

    table.load(List.of(event("a", 1, "Y")));

    assertThat(table.texts(), contains("[a, 1, X]"));
  }
}
