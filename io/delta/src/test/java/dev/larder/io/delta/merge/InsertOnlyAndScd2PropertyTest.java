package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The same events as versions that are only added, with a table that says what lives, and as
 * versions with ends: either is a view of the other.
 */
class InsertOnlyAndScd2PropertyTest {
  private static final long END = 1_000;
  private static final List<String> KEYS = List.of("a", "b");
  private static final RowSchema VERSIONS =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.required("at", ColumnType.TIMESTAMP),
          Column.nullable("name", ColumnType.STRING));
  private static final RowSchema INTERVALS =
      RowSchema.of(
          Column.required("key", ColumnType.STRING),
          Column.required("at", ColumnType.TIMESTAMP),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final LoadRule ADDED =
      new LoadRule.InsertIfChanged(List.of("key"), "at", List.of("name"));
  private static final LoadRule SCD2 =
      new LoadRule.Scd2(List.of("key"), List.of("name"), "at", "to", "current", END);

  private record Event(String key, String name, long at) {}

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<String> names = Arbitraries.of("X", "Y", "Z").injectNull(0.3);
    return Combinators.combine(Arbitraries.of(KEYS), names)
        .as((key, name) -> new Event(key, name, 0))
        .list()
        .ofMaxSize(20)
        .map(
            drawn -> {
              List<Event> events = new ArrayList<>();
              drawn.forEach(each -> events.add(new Event(each.key, each.name, events.size())));
              return events;
            });
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 20).list().ofMaxSize(5);
  }

  private static Incoming row(long at, Change change, Object... values) {
    return new Incoming(values, Rows.seq(at), change);
  }

  private static MergeTable satellite(List<Event> events, List<Integer> cuts) {
    return new MergeTable(ADDED, VERSIONS)
        .loadCut(
            events.stream()
                .filter(event -> event.name != null)
                .map(event -> row(event.at, Change.PUT, event.key, event.at, event.name))
                .toList(),
            cuts);
  }

  private static MergeTable status(List<Event> events, List<Integer> cuts) {
    return new MergeTable(ADDED, VERSIONS)
        .loadCut(
            events.stream()
                .map(
                    event ->
                        row(
                            event.at,
                            Change.PUT,
                            event.key,
                            event.at,
                            event.name == null ? "D" : "I"))
                .toList(),
            cuts);
  }

  private static MergeTable scd2(List<Event> events, List<Integer> cuts) {
    return new MergeTable(SCD2, INTERVALS)
        .loadCut(
            events.stream()
                .map(
                    event ->
                        row(
                            event.at,
                            event.name == null ? Change.DELETE : Change.PUT,
                            event.key,
                            event.at,
                            event.name,
                            null,
                            null))
                .toList(),
            cuts);
  }

  private static List<Object[]> of(String key, MergeTable table) {
    return table.rows().stream()
        .filter(row -> row[0].equals(key))
        .sorted(Comparator.comparingLong(row -> (Long) row[1]))
        .toList();
  }

  /** The name that the last row up to a time has. */
  private static String nameAt(List<Object[]> rows, long time) {
    String name = null;
    for (Object[] row : rows) {
      name = (Long) row[1] <= time ? (String) row[2] : name;
    }
    return name;
  }

  /** Intervals without those of no length: the latest version wherever the status is not D. */
  private static List<String> asScd2(MergeTable satellite, MergeTable status, int times) {
    List<String> intervals = new ArrayList<>();
    for (String key : KEYS) {
      String open = null;
      long since = 0;
      for (long time = 0; time <= times; time++) {
        boolean lives = "I".equals(nameAt(of(key, status), time));
        String now = lives ? nameAt(of(key, satellite), time) : null;
        if (!Objects.equals(now, open)) {
          add(intervals, key, open, since, time);
          open = now;
          since = time;
        }
      }
      add(intervals, key, open, since, END);
    }
    return intervals;
  }

  private static void add(List<String> intervals, String key, String name, long from, long to) {
    if (name != null) {
      intervals.add(key + " " + name + " [" + from + ", " + to + ")");
    }
  }

  private static List<String> intervals(MergeTable scd2) {
    List<String> intervals = new ArrayList<>();
    for (String key : KEYS) {
      for (Object[] row : of(key, scd2)) {
        if (!row[1].equals(row[3])) {
          add(intervals, key, (String) row[2], (Long) row[1], (Long) row[3]);
        }
      }
    }
    return intervals;
  }

  /** Starts of intervals whose name is not that of the one before. */
  private static List<String> asSatellite(MergeTable scd2) {
    List<String> versions = new ArrayList<>();
    for (String key : KEYS) {
      String before = null;
      for (Object[] row : of(key, scd2)) {
        if (row[2] != null && !row[2].equals(before)) {
          versions.add(key + " " + row[1] + " " + row[2]);
          before = (String) row[2];
        }
      }
    }
    return versions;
  }

  /** Starts of intervals that follow a gap, and ends that a gap follows. */
  private static List<String> asStatus(MergeTable scd2) {
    List<String> statuses = new ArrayList<>();
    for (String key : KEYS) {
      List<Object[]> rows = of(key, scd2);
      String before = "";
      for (int i = 0; i < rows.size(); i++) {
        Object[] row = rows.get(i);
        boolean lives = !row[1].equals(row[3]);
        boolean ends =
            !row[3].equals(END) && (i == rows.size() - 1 || !rows.get(i + 1)[1].equals(row[3]));
        if (lives && !before.equals("I")) {
          statuses.add(key + " " + row[1] + " I");
          before = "I";
        }
        if (ends && !before.equals("D")) {
          statuses.add(key + " " + row[3] + " D");
          before = "D";
        }
      }
    }
    return statuses;
  }

  private static List<String> versions(MergeTable table) {
    List<String> versions = new ArrayList<>();
    KEYS.forEach(
        key -> of(key, table).forEach(row -> versions.add(key + " " + row[1] + " " + row[2])));
    return versions;
  }

  @Property
  void versionsWithEndsAreAViewOfAddedOnes(
      @ForAll("events") List<Event> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable scd2 = scd2(events, cuts);

    assertThat(
        asScd2(satellite(events, cuts), status(events, cuts), events.size()), is(intervals(scd2)));
  }

  @Property
  void addedVersionsAndWhatLivesAreViewsOfVersionsWithEnds(
      @ForAll("events") List<Event> events, @ForAll("cuts") List<Integer> cuts) {
    MergeTable scd2 = scd2(events, cuts);

    assertThat(asSatellite(scd2), is(versions(satellite(events, cuts))));
    assertThat(asStatus(scd2), is(versions(status(events, cuts))));
  }
}
