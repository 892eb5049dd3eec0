package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.LoadRule.Others;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.merge.MergeRule.Incoming;
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
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@link EffectivityMerge} against "what the last event of a driving key says is open". */
class EffectivityMergePropertyTest {
  private static final long DAY = 86_400_000_000L;
  private static final long OPEN = 1_000 * DAY;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("order_hk", ColumnType.STRING),
          Column.required("link_hk", ColumnType.STRING),
          Column.required("seq", ColumnType.INT),
          Column.required("start", ColumnType.TIMESTAMP),
          Column.required("end", ColumnType.TIMESTAMP),
          Column.nullable("note", ColumnType.STRING),
          Column.nullable("source", ColumnType.STRING));
  private static final LoadRule CLOSE = rule(Others.CLOSE);
  private static final LoadRule KEEP = rule(Others.KEEP);

  private static LoadRule rule(Others others) {
    return new LoadRule.Effectivity(
        List.of("order_hk"),
        List.of("link_hk"),
        "seq",
        "start",
        "end",
        OPEN,
        others,
        List.of("source"));
  }

  private static Incoming row(
      String driving, String member, long seq, Long end, String source, Change change) {
    return new Incoming(
        new Object[] {driving, member, seq, seq * DAY, end, "n" + member, source},
        Rows.seq(seq),
        change);
  }

  private static Incoming open(String driving, String member, long seq) {
    return row(driving, member, seq, null, "s" + seq, Change.PUT);
  }

  private static Incoming closed(String driving, String member, long seq) {
    return row(driving, member, seq, seq * DAY, "s" + seq, Change.PUT);
  }

  private static Incoming delete(String driving, String member, long seq) {
    return row(driving, member, seq, null, "s" + seq, Change.DELETE);
  }

  private static Incoming deleteAll(long seq) {
    return row(null, null, seq, null, "s" + seq, Change.DELETE_ALL);
  }

  /** Complete sets of driving keys, deletes of driving keys and ends of all, one for a number. */
  @Provide
  Arbitrary<List<List<Incoming>>> sets() {
    Arbitrary<String> keys = Arbitraries.of("a", "b");
    Arbitrary<Set<String>> members = Arbitraries.of("X", "Y", "Z").set();
    return Arbitraries.integers()
        .between(0, 11)
        .flatMap(kind -> keys.flatMap(key -> members.map(set -> new Said(kind, key, set))))
        .list()
        .ofMaxSize(14)
        .map(
            said -> {
              List<List<Incoming>> events = new ArrayList<>();
              for (int seq = 0; seq < said.size(); seq++) {
                events.add(said.get(seq).set(seq));
              }
              return events;
            });
  }

  /** Single members that are opened, closed or deleted, and ends of all. */
  @Provide
  Arbitrary<List<List<Incoming>>> members() {
    Arbitrary<String> keys = Arbitraries.of("a", "b");
    Arbitrary<Set<String>> members = Arbitraries.of("X", "Y").set().ofMinSize(1);
    return Arbitraries.integers()
        .between(0, 11)
        .flatMap(kind -> keys.flatMap(key -> members.map(set -> new Said(kind, key, set))))
        .list()
        .ofMaxSize(14)
        .map(
            said -> {
              List<List<Incoming>> events = new ArrayList<>();
              for (int seq = 0; seq < said.size(); seq++) {
                events.add(said.get(seq).members(seq));
              }
              return events;
            });
  }

  private record Said(int kind, String key, Set<String> members) {
    List<Incoming> set(int seq) {
      if (kind == 0) {
        return List.of(deleteAll(seq));
      } else if (kind <= 2 || members.isEmpty()) {
        return List.of(delete(key, null, seq));
      } else if (kind == 3) {
        return List.of(delete(key, members.iterator().next(), seq));
      }
      return members.stream().map(member -> open(key, member, seq)).toList();
    }

    List<Incoming> members(int seq) {
      return switch (kind) {
        case 0 -> List.of(deleteAll(seq));
        case 1, 2 -> members.stream().map(member -> delete(key, member, seq)).toList();
        case 3, 4, 5 -> members.stream().map(member -> closed(key, member, seq)).toList();
        default -> members.stream().map(member -> open(key, member, seq)).toList();
      };
    }
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 14).list().ofMaxSize(5);
  }

  /** The open members after each event, all driving keys. */
  private static List<Set<String>> model(List<List<Incoming>> events, Others others) {
    List<Set<String>> open = new ArrayList<>();
    Set<String> now = new TreeSet<>();
    for (List<Incoming> event : events) {
      String driving = (String) event.get(0).values()[0];
      if (driving == null) {
        now.clear();
      } else if (others == Others.CLOSE) {
        now.removeIf(each -> each.startsWith(driving));
      }
      for (Incoming row : event) {
        String member = driving + row.values()[1];
        now.remove(member);
        if (row.change() == Change.PUT && row.values()[4] == null) {
          now.add(member);
        }
      }
      open.add(new TreeSet<>(now));
    }
    return open;
  }

  /** What the latest row of each member says, after each event. */
  private static List<Set<String>> open(MergeTable table, int events) {
    List<Set<String>> open = new ArrayList<>();
    for (long seq = 0; seq < events; seq++) {
      Map<String, Object[]> latest = new TreeMap<>();
      for (Object[] row : table.rows()) {
        if ((Long) row[2] <= seq) {
          latest.merge((String) row[0] + row[1], row, (a, b) -> (Long) a[2] > (Long) b[2] ? a : b);
        }
      }
      latest.values().removeIf(row -> (Long) row[4] < OPEN);
      open.add(new TreeSet<>(latest.keySet()));
    }
    return open;
  }

  private static MergeTable load(LoadRule rule, List<List<Incoming>> events, List<Integer> cuts) {
    MergeTable table = new MergeTable(rule, SCHEMA);
    int from = 0;
    for (int cut : cuts.stream().map(c -> c % (events.size() + 1)).sorted().toList()) {
      table.load(flat(events.subList(from, cut)));
      from = cut;
    }
    return table.load(flat(events.subList(from, events.size())));
  }

  private static List<Incoming> flat(List<List<Incoming>> events) {
    return events.stream().flatMap(List::stream).toList();
  }

  @Property
  void whatIsOpenIsTheLastSetWhateverTheBatches(
      @ForAll("sets") List<List<Incoming>> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = load(CLOSE, events, cuts);

    assertThat(open(table, events.size()), is(model(events, Others.CLOSE)));
    assertThat(table.texts(), is(load(CLOSE, events, List.of()).texts()));
  }

  @Property
  void eachMemberIsOpenedAndClosedAloneWhateverTheBatches(
      @ForAll("members") List<List<Incoming>> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = load(KEEP, events, cuts);

    assertThat(open(table, events.size()), is(model(events, Others.KEEP)));
    assertThat(table.texts(), is(load(KEEP, events, List.of()).texts()));
  }

  @Property
  void withLaterEventsAnyOrderOfArrivalOpensAndClosesTheSame(
      @ForAll("sets") List<List<Incoming>> sets,
      @ForAll("members") List<List<Incoming>> members,
      @ForAll long seed) {
    assertThat(
        open(Arrival.load(new MergeTable(CLOSE, SCHEMA), sets, seed), sets.size()),
        is(model(sets, Others.CLOSE)));
    assertThat(
        open(Arrival.load(new MergeTable(KEEP, SCHEMA), members, seed), members.size()),
        is(model(members, Others.KEEP)));
  }

  @Property
  void aMemberHasOneRowOfAnOrder(@ForAll("sets") List<List<Incoming>> sets, @ForAll long seed) {
    MergeTable table = Arrival.load(new MergeTable(CLOSE, SCHEMA), sets, seed);

    Set<String> rows = new TreeSet<>();
    table.rows().forEach(row -> rows.add(row[0] + " " + row[1] + " " + row[2]));
    assertThat(rows.size(), is(table.rows().size()));
  }

  @Property
  void arrivalWithinABatchDuplicatesAndRepetitionsDoNotMatter(
      @ForAll("sets") List<List<Incoming>> events, @ForAll long seed) {
    List<Incoming> shuffled = new ArrayList<>(flat(events));
    shuffled.addAll(flat(events));
    Collections.shuffle(shuffled, new Random(seed));
    for (LoadRule rule : List.of(CLOSE, KEEP)) {
      List<String> once = load(rule, events, List.of()).texts();

      MergeTable table = new MergeTable(rule, SCHEMA).load(shuffled);

      assertThat(table.texts(), is(once));
      assertThat(table.load(shuffled).texts(), is(once));
    }
  }

  private static final String A_OPEN_1 = "[a, X, 1, " + DAY + ", " + OPEN + ", nX, s1]";

  @Example
  void aClosingRowIsTheOpeningOneWithEndOrderAndStampsOfWhatClosedIt() {
    MergeTable table = new MergeTable(CLOSE, SCHEMA).load(List.of(open("a", "X", 1)));

    table.load(List.of(open("a", "Y", 2)));

    assertThat(
        table.texts(),
        contains(
            A_OPEN_1,
            "[a, X, 2, " + DAY + ", " + 2 * DAY + ", nX, s2]",
            "[a, Y, 2, " + 2 * DAY + ", " + OPEN + ", nY, s2]"));
  }

  @Example
  void aMemberIsOpenedAgainAfterAnother() {
    MergeTable table =
        new MergeTable(CLOSE, SCHEMA)
            .load(List.of(open("a", "X", 1), open("a", "Y", 2), open("a", "X", 3)));

    assertThat(table.rows().size(), is(5));
    assertThat(
        table.texts().contains("[a, X, 3, " + 3 * DAY + ", " + OPEN + ", nX, s3]"), is(true));
  }

  @Example
  void rowsWithoutADrivingKeyOrAMemberAreLeftOut() {
    MergeTable table = new MergeTable(CLOSE, SCHEMA).load(List.of(open("a", "X", 1)));

    table.load(List.of(open(null, "X", 2), open("a", null, 3), delete(null, "X", 4)));

    assertThat(table.texts(), contains(A_OPEN_1));
    assertThat(
        new MergeTable(KEEP, SCHEMA).load(List.of(delete("a", null, 1))).texts(), is(empty()));
  }

  @Example
  void anEarlyDeleteEndsTheOlderOpeningThatComesLate() {
    for (LoadRule rule : List.of(CLOSE, KEEP)) {
      MergeTable table = new MergeTable(rule, SCHEMA).load(List.of(delete("a", "X", 2)));

      table.load(List.of(open("a", "X", 1)));

      assertThat(
          table.texts(), contains(A_OPEN_1, "[a, X, 2, " + 2 * DAY + ", " + 2 * DAY + ", nX, s2]"));
    }
  }

  @Example
  void aDeleteOfWhatIsClosedIsKeptForTheOpeningThatComesLate() {
    for (LoadRule rule : List.of(CLOSE, KEEP)) {
      MergeTable table =
          new MergeTable(rule, SCHEMA)
              .load(List.of(open("a", "X", 0), delete("a", "X", 2)))
              .load(List.of(delete("a", "X", 5)));

      table.load(List.of(open("a", "X", 3)));

      assertThat(
          open(table, 6),
          is(List.of(Set.of("aX"), Set.of("aX"), Set.of(), Set.of("aX"), Set.of("aX"), Set.of())));
    }
  }

  @Example
  void anEndOnTheOpenDayIsOpenAndStaysAsItCame() {
    long lateThatDay = OPEN + DAY - 1;

    MergeTable table =
        new MergeTable(KEEP, SCHEMA)
            .load(
                List.of(
                    row("a", "X", 1, lateThatDay, "s1", Change.PUT),
                    row("a", "X", 2, OPEN, "s2", Change.PUT)));

    assertThat(table.texts(), contains("[a, X, 1, " + DAY + ", " + lateThatDay + ", nX, s1]"));
  }

  @Example
  void aRowThatCannotBePlacedIsRefused() {
    Incoming row = open("a", "X", 1);
    row.values()[2] = null;

    UserException error =
        assertThrows(UserException.class, () -> new MergeTable(CLOSE, SCHEMA).load(List.of(row)));

    assertThat(
        error.getMessage(),
        is(
            "A row without a value of column \"seq\" came for table \"t\", whose rule Effectivity"
                + " places rows by it. Set it in every row, deletes too."));
  }
}
