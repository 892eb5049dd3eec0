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
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Columns that make no version: each version has them from the last event of it. */
class Scd2UpdatedColumnsPropertyTest {
  private static final long END = 1_000;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("note", ColumnType.STRING),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP));
  private static final int NAME = 1;
  private static final int NOTE = 2;
  private static final int FROM = 4;
  private static final int TO = 5;
  private static final LoadRule RULE =
      new LoadRule.Scd2(
          List.of("key"), List.of("name"), List.of("note"), "from", "to", "current", END);

  private static MergeRule.Incoming put(String name, String note, long from) {
    return event(Change.PUT, "a", name, note, from, from);
  }

  private static MergeRule.Incoming event(
      Change change, String key, String name, String note, long from, long seq) {
    return new MergeRule.Incoming(
        new Object[] {key, name, note, null, from, null}, Rows.seq(seq), change);
  }

  /** Time never runs backwards; several events may share one; a note may be absent. */
  @Provide
  Arbitrary<List<MergeRule.Incoming>> events() {
    Arbitrary<List<String>> keys = Arbitraries.of("a", "b").list().ofMaxSize(20);
    Arbitrary<List<String>> names =
        Arbitraries.of("X", "X", "X", "Y", "Y", "DELETE", "DELETE_ALL").list().ofSize(20);
    Arbitrary<List<Integer>> steps = Arbitraries.integers().between(0, 1).list().ofSize(20);
    Arbitrary<List<String>> notes = Arbitraries.of("1", "2", "3").injectNull(0.2).list().ofSize(20);
    return Combinators.combine(keys, names, steps, notes)
        .as(
            (key, name, step, note) -> {
              List<MergeRule.Incoming> events = new ArrayList<>();
              long time = 0;
              for (int i = 0; i < key.size(); i++) {
                time += step.get(i);
                events.add(
                    switch (name.get(i)) {
                      case "DELETE" -> event(Change.DELETE, key.get(i), null, null, time, i);
                      case "DELETE_ALL" -> event(Change.DELETE_ALL, null, null, null, time, i);
                      default -> event(Change.PUT, key.get(i), name.get(i), note.get(i), time, i);
                    });
              }
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 20).list().ofMaxSize(5);
  }

  /** Also of one at the time of its end, which what ended it overtook within that time. */
  private static void requireNotesOfLastEvents(
      List<Object[]> versions, List<MergeRule.Incoming> events) {
    for (Object[] version : versions) {
      Object[] last = null;
      for (MergeRule.Incoming event : events) {
        Object[] row = event.values();
        boolean repeats = version[0].equals(row[0]) && version[NAME].equals(row[NAME]);
        boolean isWithin =
            (Long) version[FROM] <= (Long) row[FROM] && (Long) row[FROM] <= (Long) version[TO];
        last = repeats && isWithin ? row : last;
      }
      assertThat(Rows.text(version), version[NOTE], is(last[NOTE]));
    }
  }

  @Property
  void aVersionHasTheNoteOfItsLastEventWhateverTheBatches(
      @ForAll("events") List<MergeRule.Incoming> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable table = new MergeTable(RULE, SCHEMA).loadCut(events, cuts);

    List<Object[]> versions = new ArrayList<>(table.rows());
    versions.removeIf(row -> row[FROM].equals(row[TO])); // deletes that closed nothing
    requireNotesOfLastEvents(versions, events);
    assertThat(table.texts(), is(new MergeTable(RULE, SCHEMA).load(events).texts()));
  }

  /** What a late event cuts off a version keeps the note of the version, which had come since. */
  @Property
  void withLaterEventsAnyOrderOfArrivalGivesCurrentVersionsTheirNotes(
      @ForAll("events") List<MergeRule.Incoming> all, @ForAll long seed) {
    // The end of all rows is loaded again for other keys, with a key's rows of its time alone.
    List<MergeRule.Incoming> events = new ArrayList<>(all);
    events.removeIf(event -> event.change() == Change.DELETE_ALL);
    MergeTable table =
        Arrival.load(
            new MergeTable(RULE, SCHEMA),
            events.stream().map(List::of).toList(),
            seed,
            row -> row.values()[FROM]);

    List<Object[]> current = new ArrayList<>(table.rows());
    current.removeIf(row -> (Long) row[TO] != END);
    requireNotesOfLastEvents(current, events);
  }

  @Property
  void loadingTheSameBatchAgainChangesNothing(@ForAll("events") List<MergeRule.Incoming> events) {
    new MergeTable(RULE, SCHEMA).load(events).requireUnchangedBy(events);
  }

  @Example
  void aNoteAloneChangesItsVersionInPlace() {
    MergeTable table = new MergeTable(RULE, SCHEMA).load(List.of(put("X", "1", 1)));

    table.load(List.of(put("X", "2", 5)));

    assertThat(table.texts(), contains("[a, X, 2, true, 1, 1000]"));

    table.load(List.of(put("X", "3", 7), put("Y", "4", 9)));

    assertThat(table.texts(), contains("[a, X, 3, false, 1, 9]", "[a, Y, 4, true, 9, 1000]"));
  }

  /** What stood in a version that is none any more is not lost. */
  @Example
  void aVersionThatAnotherSwallowsLeavesItsNote() {
    MergeTable table =
        new MergeTable(RULE, SCHEMA)
            .load(List.of(put("X", "1", 1), put("Y", "2", 5), put("X", "3", 9)));

    table.load(List.of(event(Change.PUT, "a", "X", "4", 5, 6)));

    assertThat(table.texts(), contains("[a, X, 3, true, 1, 1000]"));
  }
}
