package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@link Scd2Merge} against "what holds at time t is what the last event up to t says". */
class Scd2MergePropertyTest {
  private static final long END = 1_000;
  private static final int TIMES = 20;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP));
  private static final LoadRule RULE =
      new LoadRule.Scd2(List.of("key"), List.of("name"), "from", "to", "current", END);

  private static MergeRule.Incoming put(String key, String name, long from, long seq) {
    return new MergeRule.Incoming(
        new Object[] {key, name, null, from, null}, Rows.seq(seq), Change.PUT);
  }

  private static MergeRule.Incoming delete(String key, long from, long seq) {
    return new MergeRule.Incoming(
        new Object[] {key, null, null, from, null}, Rows.seq(seq), Change.DELETE);
  }

  private static MergeRule.Incoming deleteAll(long from, long seq) {
    return new MergeRule.Incoming(
        new Object[] {null, null, null, from, null}, Rows.seq(seq), Change.DELETE_ALL);
  }

  /** Events as a source makes them: time never runs backwards; several may share one time. */
  @Provide
  Arbitrary<List<MergeRule.Incoming>> events() {
    Arbitrary<List<String>> keys = Arbitraries.of("a", "b").list().ofMaxSize(20);
    Arbitrary<List<String>> names =
        Arbitraries.of("X", "Y", "Z", "DELETE", "DELETE_ALL").list().ofSize(20);
    Arbitrary<List<Integer>> steps = Arbitraries.integers().between(0, 1).list().ofSize(20);
    return Combinators.combine(keys, names, steps)
        .as(
            (key, name, step) -> {
              List<MergeRule.Incoming> events = new ArrayList<>();
              long time = 0;
              for (int i = 0; i < key.size(); i++) {
                time += step.get(i);
                events.add(
                    switch (name.get(i)) {
                      case "DELETE" -> delete(key.get(i), time, i);
                      case "DELETE_ALL" -> deleteAll(time, i);
                      default -> put(key.get(i), name.get(i), time, i);
                    });
              }
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 20).list().ofMaxSize(5);
  }

  /** What holds for a key at each time, by the last event in order. */
  private static Map<String, String> model(List<MergeRule.Incoming> events) {
    Map<String, String> holds = new TreeMap<>();
    for (String key : List.of("a", "b")) {
      for (long time = 0; time <= TIMES; time++) {
        String name = null;
        for (MergeRule.Incoming event : events) {
          boolean concerns = event.values()[0] == null || event.values()[0].equals(key);
          if (concerns && (Long) event.values()[3] <= time) {
            name = (String) event.values()[1];
          }
        }
        holds.put(key + time, Objects.toString(name));
      }
    }
    return holds;
  }

  private static Map<String, String> holds(MergeTable table) {
    Map<String, String> holds = new TreeMap<>();
    for (String key : List.of("a", "b")) {
      for (long time = 0; time <= TIMES; time++) {
        List<String> names = new ArrayList<>();
        for (Object[] row : table.rows()) {
          if (row[0].equals(key) && (Long) row[3] <= time && time < (Long) row[4]) {
            names.add((String) row[1]);
          }
        }
        holds.put(key + time, names.isEmpty() ? "null" : String.join("+", names));
      }
    }
    return holds;
  }

  @Property
  void whatHoldsIsWhatTheLastEventSaysWhateverTheBatches(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = new MergeTable(RULE, SCHEMA).loadCut(events, cuts);

    assertThat(holds(table), is(model(events)));
    requireInvariants(table);
    assertThat(table.texts(), is(new MergeTable(RULE, SCHEMA).load(events).texts()));
  }

  @Property
  void aDeleteIsNeverForgotten(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = new MergeTable(RULE, SCHEMA).loadCut(events, cuts);
    long end = TIMES + 1;

    table.load(List.of(delete("a", end, 98)));
    table.load(List.of(put("a", "late", TIMES, 97)));

    assertThat(
        table.rows().stream().filter(row -> row[0].equals("a")).noneMatch(row -> (Boolean) row[2]),
        is(true));
    assertThat(
        table.rows().stream()
            .anyMatch(row -> row[1] != null && row[1].equals("late") && row[4].equals(end)),
        is(true));
  }

  private static void requireInvariants(MergeTable table) {
    for (String key : List.of("a", "b")) {
      Object[] before = null;
      List<Object[]> versions = new ArrayList<>(table.rows());
      versions.removeIf(row -> !row[0].equals(key) || row[3].equals(row[4]));
      versions.sort((left, right) -> Long.compare((Long) left[3], (Long) right[3]));
      for (Object[] row : versions) {
        assertThat((Long) row[4], greaterThan((Long) row[3]));
        assertThat(row[2], is((Long) row[4] == END));
        if (before != null) {
          assertThat((Long) before[4], lessThanOrEqualTo((Long) row[3]));
          if (before[4].equals(row[3])) {
            assertThat(before[1], is(not(row[1])));
          }
        }
        before = row;
      }
    }
  }

  @Property
  void withLaterEventsAnyOrderOfArrivalGivesTheSameVersions(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll long seed) {
    MergeTable table =
        Arrival.load(
            new MergeTable(RULE, SCHEMA),
            events.stream().map(List::of).toList(),
            seed,
            row -> row.values()[3]);

    assertThat(holds(table), is(model(events)));
    requireInvariants(table);
  }

  @Property
  void arrivalWithinABatchAndDuplicatesDoNotMatter(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll long seed) {
    List<MergeRule.Incoming> shuffled = new ArrayList<>(events);
    shuffled.addAll(events);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(
        new MergeTable(RULE, SCHEMA).load(shuffled).texts(),
        is(new MergeTable(RULE, SCHEMA).load(events).texts()));
  }

  @Property
  void loadingTheSameBatchAgainChangesNothing(@ForAll("events") List<MergeRule.Incoming> events) {
    new MergeTable(RULE, SCHEMA).load(events).requireUnchangedBy(events);
  }

  @Example
  void aLateEventSplitsAnInterval() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", "X", 1, 1), put("a", "Z", 9, 3)));

    table.load(List.of(put("a", "Y", 5, 2)));

    assertThat(
        table.texts(),
        contains("[a, X, false, 1, 5]", "[a, Y, false, 5, 9]", "[a, Z, true, 9, 1000]"));
  }

  @Example
  void aLateEventBeforeADeleteEndsAtTheDelete() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", "X", 1, 1), delete("a", 9, 3)));

    table.load(List.of(put("a", "Y", 5, 2)));

    assertThat(table.texts(), contains("[a, X, false, 1, 5]", "[a, Y, false, 5, 9]"));
  }

  @Example
  void anEarlyDeleteIsKeptUntilItEndsAVersion() {
    MergeTable table = new MergeTable(RULE, SCHEMA).load(List.of(delete("a", 9, 3)));

    assertThat(table.texts(), contains("[a, null, false, 9, 9]"));

    table.load(List.of(put("a", "X", 1, 1)));

    assertThat(table.texts(), contains("[a, X, false, 1, 9]"));
  }

  @Example
  void theEndOfAllRowsClosesEveryOpenVersionBeforeIt() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", "X", 1, 1), put("b", "Y", 2, 2)));

    table.load(List.of(deleteAll(5, 4), put("a", "X", 3, 3), put("c", "Z", 7, 5)));

    assertThat(
        table.texts(),
        contains("[a, X, false, 1, 5]", "[b, Y, false, 2, 5]", "[c, Z, true, 7, 1000]"));
  }

  @Example
  void equalNeighboursAreOneVersion() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", "X", 5, 2), put("a", "X", 7, 3)));

    table.load(List.of(put("a", "X", 1, 1)));

    assertThat(table.texts(), contains("[a, X, true, 1, 1000]"));
  }

  @Example
  void ofTwoEventsAtOneTimeTheLastInOrderWins() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", "Y", 1, 2), put("a", "X", 1, 1)));

    assertThat(table.texts(), contains("[a, Y, true, 1, 1000]"));
  }

  @Example
  void untouchedVersionsStayWhereTheyAre() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA)
            .load(List.of(put("a", "X", 1, 1), put("a", "Y", 2, 2), put("b", "X", 1, 3)));

    table.load(List.of(put("a", "Z", 3, 4)));

    assertThat(table.changed(), is(1));
  }
}
