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
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
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

/** {@link CounteredMerge} against "the sums up to any order are what holds then". */
class CounteredMergePropertyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.required("seq", ColumnType.INT),
          Column.required("amount", ColumnType.STRING),
          Column.required("counter", ColumnType.INT),
          Column.nullable("source", ColumnType.STRING));
  private static final LoadRule RULE =
      new LoadRule.Countered(
          List.of("key"), List.of("amount"), "seq", "counter", List.of("source"));

  private static Incoming put(String key, long seq, String amount) {
    return new Incoming(
        new Object[] {key, seq, amount, null, "s" + seq}, Rows.seq(seq), Change.PUT);
  }

  private static Incoming delete(String key, long seq) {
    return new Incoming(
        new Object[] {key, seq, null, null, "s" + seq}, Rows.seq(seq), Change.DELETE);
  }

  private static Incoming deleteAll(long seq) {
    return new Incoming(
        new Object[] {null, seq, null, null, "s" + seq}, Rows.seq(seq), Change.DELETE_ALL);
  }

  private static Incoming event(String key, long seq, String said) {
    return switch (said) {
      case "DELETE" -> delete(key, seq);
      case "DELETE_ALL" -> deleteAll(seq);
      default -> put(key, seq, said);
    };
  }

  @Provide
  Arbitrary<List<Incoming>> events() {
    return Combinators.combine(
            Arbitraries.of("a", "b"), Arbitraries.of("X", "Y", "Z", "DELETE", "DELETE_ALL"))
        .as(Map::entry)
        .list()
        .ofMaxSize(14)
        .map(
            said -> {
              List<Incoming> events = new ArrayList<>();
              for (int seq = 0; seq < said.size(); seq++) {
                events.add(event(said.get(seq).getKey(), seq, said.get(seq).getValue()));
              }
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 14).list().ofMaxSize(5);
  }

  /** What holds after each event, all keys. */
  private static List<Map<String, Long>> model(List<Incoming> events) {
    List<Map<String, Long>> model = new ArrayList<>();
    Map<String, Long> now = new TreeMap<>();
    for (Incoming event : events) {
      boolean isAll = event.change() == Change.DELETE_ALL;
      now.keySet().removeIf(each -> isAll || each.startsWith((String) event.values()[0]));
      if (event.change() == Change.PUT) {
        now.put(event.values()[0] + " " + event.values()[2], 1L);
      }
      model.add(new TreeMap<>(now));
    }
    return model;
  }

  /** The sums that are not 0 after each event. */
  private static List<Map<String, Long>> sums(MergeTable table, int events) {
    List<Map<String, Long>> sums = new ArrayList<>();
    for (long seq = 0; seq < events; seq++) {
      Map<String, Long> now = new TreeMap<>();
      for (Object[] row : table.rows()) {
        if ((Long) row[1] <= seq) {
          now.merge(row[0] + " " + row[2], (Long) row[3], Long::sum);
        }
      }
      now.values().removeIf(sum -> sum == 0);
      sums.add(now);
    }
    return sums;
  }

  @Property
  void theSumsAreWhatHoldsWhateverTheBatches(
      @ForAll("events") List<Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = new MergeTable(RULE, SCHEMA).loadCut(events, cuts);

    assertThat(sums(table, events.size()), is(model(events)));
    assertThat(table.texts(), is(new MergeTable(RULE, SCHEMA).load(events).texts()));
  }

  @Property
  void withLaterRowsTheSumsAreWhatHoldsInAnyOrderOfArrival(
      @ForAll("events") List<Incoming> events, @ForAll long seed) {
    List<List<Incoming>> single = events.stream().map(List::of).toList();

    MergeTable table = Arrival.load(new MergeTable(RULE, SCHEMA), single, seed);

    assertThat(sums(table, events.size()), is(model(events)));
  }

  @Property
  void arrivalWithinABatchDuplicatesAndRepetitionsDoNotMatter(
      @ForAll("events") List<Incoming> events, @ForAll long seed) {
    List<Incoming> shuffled = new ArrayList<>(events);
    shuffled.addAll(events);
    Collections.shuffle(shuffled, new Random(seed));
    List<String> once = new MergeTable(RULE, SCHEMA).load(events).texts();

    MergeTable table = new MergeTable(RULE, SCHEMA).load(shuffled);

    assertThat(table.texts(), is(once));
    assertThat(table.load(shuffled).texts(), is(once));
  }

  @Example
  void aChangedRowIsReversedUnderTheStampsOfTheNewOne() {
    MergeTable table = new MergeTable(RULE, SCHEMA).load(List.of(put("a", 1, "X")));

    table.load(List.of(put("a", 2, "X"), put("a", 3, "Y"), delete("a", 4)));

    assertThat(
        table.texts(),
        contains("[a, 1, X, 1, s1]", "[a, 3, X, -1, s3]", "[a, 3, Y, 1, s3]", "[a, 4, Y, -1, s4]"));
  }

  @Example
  void theEndOfAllRowsTakesBackWhatHoldsOfEveryKey() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", 1, "X"), put("b", 2, "Y")));

    table.load(List.of(delete("b", 3), deleteAll(4)));

    assertThat(
        table.texts(),
        contains("[a, 1, X, 1, s1]", "[a, 4, X, -1, s4]", "[b, 2, Y, 1, s2]", "[b, 3, Y, -1, s3]"));
  }

  @Example
  void aLateRowTurnsAStoredReversalRound() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA).load(List.of(put("a", 1, "X"), put("a", 3, "Y")));

    table.load(List.of(put("a", 2, "Z")));

    assertThat(
        table.texts(),
        contains(
            "[a, 1, X, 1, s1]",
            "[a, 2, X, -1, s2]",
            "[a, 2, Z, 1, s2]",
            "[a, 3, X, -1, s3]",
            "[a, 3, X, 1, s3]",
            "[a, 3, Y, 1, s3]",
            "[a, 3, Z, -1, s3]"));
  }
}
