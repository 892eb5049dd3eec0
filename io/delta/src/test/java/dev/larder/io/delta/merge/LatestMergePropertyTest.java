package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@link LatestMerge} against "the event with the highest order says what is stored". */
class LatestMergePropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.nullable("order", ColumnType.INT),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("deleted", ColumnType.BOOLEAN));
  private static final LoadRule FORGETS = new LoadRule.Latest(List.of("key"), "order");
  private static final LoadRule REMEMBERS = new LoadRule.Latest(List.of("key"), "order", "deleted");

  private static MergeRule.Incoming put(String key, long order, String name, long seq) {
    return new MergeRule.Incoming(new Object[] {key, order, name, null}, Rows.seq(seq), Change.PUT);
  }

  private static MergeRule.Incoming delete(String key, long order, long seq) {
    return new MergeRule.Incoming(
        new Object[] {key, order, null, null}, Rows.seq(seq), Change.DELETE);
  }

  /** Events as they are sent: the sequence grows, the order column may be late or equal. */
  @Provide
  Arbitrary<List<MergeRule.Incoming>> events() {
    Arbitrary<List<String>> keys = Arbitraries.of("a", "b").list().ofMaxSize(20);
    Arbitrary<List<String>> names = Arbitraries.of("X", "Y", "Z", "DELETE").list().ofSize(20);
    Arbitrary<List<Integer>> orders = Arbitraries.integers().between(0, 6).list().ofSize(20);
    return Combinators.combine(keys, names, orders)
        .as(
            (key, name, order) -> {
              List<MergeRule.Incoming> events = new ArrayList<>();
              for (int i = 0; i < key.size(); i++) {
                events.add(
                    name.get(i).equals("DELETE")
                        ? delete(key.get(i), order.get(i), i)
                        : put(key.get(i), order.get(i), name.get(i), i));
              }
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 20).list().ofMaxSize(5);
  }

  /** The last event by order, of equal orders the last sent; with {@code true} for a delete. */
  private static Map<String, String> model(List<MergeRule.Incoming> events) {
    Map<String, MergeRule.Incoming> last = new TreeMap<>();
    for (MergeRule.Incoming event : events) {
      last.merge(
          (String) event.values()[0],
          event,
          (known, next) -> (Long) next.values()[1] >= (Long) known.values()[1] ? next : known);
    }
    Map<String, String> model = new TreeMap<>();
    last.forEach(
        (key, event) ->
            model.put(
                key,
                event.values()[1]
                    + " "
                    + event.values()[2]
                    + " "
                    + (event.change() == Change.DELETE)));
    return model;
  }

  private static Map<String, String> stored(MergeTable table) {
    Map<String, String> stored = new TreeMap<>();
    table
        .rows()
        .forEach(
            row -> {
              String before = stored.put((String) row[0], row[1] + " " + row[2] + " " + row[3]);
              assertThat("one row a key", before == null, is(true));
            });
    return stored;
  }

  @Property
  void theRowWithTheHighestOrderStaysWhateverTheBatches(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = new MergeTable(REMEMBERS, SCHEMA).loadCut(events, cuts);

    assertThat(stored(table), is(model(events)));
  }

  @Property
  void withoutTombstonesTheSameHoldsForBatchesInOrder(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    List<MergeRule.Incoming> sorted = new ArrayList<>(events);
    sorted.sort((left, right) -> Long.compare((Long) left.values()[1], (Long) right.values()[1]));
    List<MergeRule.Incoming> inOrder = new ArrayList<>();
    for (MergeRule.Incoming event : sorted) {
      inOrder.add(new MergeRule.Incoming(event.values(), Rows.seq(inOrder.size()), event.change()));
    }
    Map<String, String> living = model(inOrder);
    living.values().removeIf(text -> text.endsWith("true"));
    living.replaceAll((key, text) -> text.replace(" false", " null"));

    assertThat(stored(new MergeTable(FORGETS, SCHEMA).loadCut(inOrder, cuts)), is(living));
  }

  @Property
  void withoutTombstonesDeletesAreOnlyForgottenAcrossBatches(
      @ForAll("events") List<MergeRule.Incoming> events) {
    Map<String, String> living = model(events);
    living.values().removeIf(text -> text.endsWith("true"));
    living.replaceAll((key, text) -> text.replace(" false", " null"));

    assertThat(stored(new MergeTable(FORGETS, SCHEMA).load(events)), is(living));
  }

  @Property
  void theEndOfAllRowsIsADeleteOfEveryKeyBeforeIt(
      @ForAll("events") List<MergeRule.Incoming> puts,
      @ForAll("cuts") List<Integer> ends,
      @ForAll("cuts") List<Integer> cuts) {
    List<MergeRule.Incoming> events = new ArrayList<>();
    List<MergeRule.Incoming> deletes = new ArrayList<>();
    Set<String> keys = new TreeSet<>();
    for (int i = 0; i < puts.size(); i++) {
      Object[] values = puts.get(i).values().clone();
      values[1] = 2L * i;
      MergeRule.Incoming put =
          new MergeRule.Incoming(values, Rows.seq(2L * i), puts.get(i).change());
      keys.add((String) values[0]);
      events.add(put);
      deletes.add(put);
      if (ends.contains(i)) {
        long order = 2L * i + 1;
        events.add(
            new MergeRule.Incoming(
                new Object[] {null, order, null, null}, Rows.seq(order), Change.DELETE_ALL));
        keys.forEach(key -> deletes.add(delete(key, order, order)));
      }
    }

    for (LoadRule rule : List.of(FORGETS, REMEMBERS)) {
      assertThat(
          new MergeTable(rule, SCHEMA).loadCut(events, cuts).texts(),
          is(new MergeTable(rule, SCHEMA).load(deletes).texts()));
    }
  }

  @Property
  void arrivalWithinABatchAndDuplicatesDoNotMatter(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll long seed) {
    List<MergeRule.Incoming> shuffled = new ArrayList<>(events);
    shuffled.addAll(events);
    Collections.shuffle(shuffled, new Random(seed));

    for (LoadRule rule : List.of(FORGETS, REMEMBERS)) {
      assertThat(
          new MergeTable(rule, SCHEMA).load(shuffled).texts(),
          is(new MergeTable(rule, SCHEMA).load(events).texts()));
    }
  }

  @Property
  void loadingTheSameBatchAgainChangesNothing(@ForAll("events") List<MergeRule.Incoming> events) {
    for (LoadRule rule : List.of(FORGETS, REMEMBERS)) {
      new MergeTable(rule, SCHEMA).load(events).requireUnchangedBy(events);
    }
  }

  @Example
  void aRowWithTheStoredOrderReplacesIt() {
    MergeTable table = new MergeTable(FORGETS, SCHEMA).load(List.of(put("a", 5, "X", 1)));

    table.load(List.of(put("a", 5, "Y", 2)));

    assertThat(table.texts(), contains("[a, 5, Y, null]"));
  }

  @Example
  void aLateRowIsIgnored() {
    MergeTable table = new MergeTable(FORGETS, SCHEMA).load(List.of(put("a", 5, "X", 1)));

    table.load(List.of(put("a", 4, "Y", 2), delete("a", 4, 3)));

    assertThat(table.texts(), contains("[a, 5, X, null]"));
    assertThat(table.changed(), is(0));
  }

  @Example
  void withoutTombstonesALateRowComesBackAfterADelete() {
    MergeTable table = new MergeTable(FORGETS, SCHEMA).load(List.of(put("a", 5, "X", 1)));

    table.load(List.of(delete("a", 6, 2)));
    assertThat(table.texts(), is(empty()));
    table.load(List.of(put("a", 4, "late", 3)));

    assertThat(table.texts(), contains("[a, 4, late, null]"));
  }

  @Example
  void aTombstoneKeepsLateRowsOutAndGivesWayToNewerOnes() {
    MergeTable table = new MergeTable(REMEMBERS, SCHEMA).load(List.of(put("a", 5, "X", 1)));

    table.load(List.of(delete("a", 6, 2))).load(List.of(put("a", 4, "late", 3)));
    assertThat(table.texts(), contains("[a, 6, null, true]"));
    table.load(List.of(put("a", 7, "back", 4)));

    assertThat(table.texts(), contains("[a, 7, back, false]"));
  }

  @Example
  void anAbsentOrderIsBelowAll() {
    MergeRule.Incoming without =
        new MergeRule.Incoming(new Object[] {"a", null, "none", null}, Rows.seq(9), Change.PUT);
    MergeTable table = new MergeTable(FORGETS, SCHEMA).load(List.of(without));

    table.load(List.of(put("a", -5, "X", 1))).load(List.of(without));

    assertThat(table.texts(), contains("[a, -5, X, null]"));
  }
}
