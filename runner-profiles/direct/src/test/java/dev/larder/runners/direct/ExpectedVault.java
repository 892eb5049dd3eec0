package dev.larder.runners.direct;

import dev.larder.testdata.binlog.BinlogPlace;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.RowChange;
import dev.larder.testdata.binlog.SourceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the tables of a vault must hold of one source table, told by the oracle alone: by key, the
 * versions in the order of the log, each as {@code place time values}. The rules are RULES 2-7 in
 * their plainest form: whole histories, no batches, no merging.
 */
final class ExpectedVault {
  private static final String NONE = "NULL";
  private static final int SHOWN = 3;
  private static final long MILLI = 1_000;

  private final SourceTable table;
  private final List<Event> events = new ArrayList<>();

  /**
   * @param sequence the place as the vault writes it
   * @param before null if the row begins
   * @param after null if it ends; both null: all rows end
   */
  private record Event(String sequence, long at, List<String> before, List<String> after) {}

  /**
   * @param p0 the place that the snapshot recorded, and when
   */
  ExpectedVault(Replay replay, SourceTable table, BinlogPlace p0, long recordedAt) {
    this.table = table;
    String first = sequence(p0, 0);
    replay
        .at(table, p0)
        .values()
        .forEach(row -> events.add(new Event(first, recordedAt, null, row)));
    for (RowChange change : replay.changes(table, p0)) {
      add(change);
    }
  }

  /** A changed primary key is the end of a row and the beginning of another (RULES 7). */
  private void add(RowChange change) {
    String even = sequence(change.place(), 2 * change.row());
    String odd = sequence(change.place(), 2 * change.row() + 1);
    // Debezium tells the time of statements in milliseconds only, also where it says micros.
    long at = change.isTruncate() ? change.committedAt() / MILLI * MILLI : change.committedAt();
    if (change.before() != null
        && change.after() != null
        && !key(change.before()).equals(key(change.after()))) {
      events.add(new Event(even, at, change.before(), null));
      events.add(new Event(odd, at, null, change.after()));
    } else {
      boolean isInsert = change.before() == null && change.after() != null;
      events.add(new Event(isInsert ? odd : even, at, change.before(), change.after()));
    }
  }

  private static String sequence(BinlogPlace place, int row) {
    return String.format(Locale.ROOT, "%08d:%012d:%06d", place.ordinal(), place.position(), row);
  }

  private List<String> key(List<String> row) {
    return table.key().stream().map(row::get).toList();
  }

  /** The places of all changes behind the snapshot, ascending. */
  List<String> places() {
    String first = events.isEmpty() ? "" : events.get(0).sequence();
    return events.stream()
        .map(Event::sequence)
        .filter(sequence -> sequence.compareTo(first) > 0)
        .toList();
  }

  /** A text of some columns of a row. */
  static String text(List<String> values) {
    return String.join("|", values.stream().map(v -> v == null ? NONE : v).toList());
  }

  private String text(List<String> columns, List<String> row) {
    return text(columns.stream().map(c -> row.get(table.column(c))).toList());
  }

  private String textOrNull(List<String> columns, List<String> row) {
    return row == null || columns.stream().anyMatch(c -> row.get(table.column(c)) == null)
        ? null
        : text(columns, row);
  }

  /** First sightings of keys. */
  Map<String, List<String>> keys(List<String> key) {
    Map<String, List<String>> first = new HashMap<>();
    for (Event event : events) {
      String now = textOrNull(key, event.after());
      if (now != null) {
        first.putIfAbsent(now, List.of(event.sequence() + " " + event.at()));
      }
    }
    return first;
  }

  /** Versions that differ from the one before them. */
  Map<String, List<String>> versions(List<String> key, List<String> payload) {
    Map<String, List<String>> versions = new HashMap<>();
    Map<String, String> last = new HashMap<>();
    for (Event event : events) {
      if (event.after() != null) {
        String of = text(key, event.after());
        String now = text(payload, event.after());
        if (!now.equals(last.put(of, now))) {
          add(versions, of, event.sequence() + " " + event.at() + " " + now);
        }
      }
    }
    return versions;
  }

  /** When a key came and went. */
  Map<String, List<String>> status(List<String> key) {
    Map<String, List<String>> statuses = new HashMap<>();
    Map<String, String> last = new LinkedHashMap<>();
    for (Event event : events) {
      if (event.before() == null && event.after() == null) {
        last.keySet().forEach(of -> status(statuses, last, of, "D", event));
        continue;
      }
      String old = textOrNull(key, event.before());
      String now = textOrNull(key, event.after());
      if (old != null && !old.equals(now)) {
        status(statuses, last, old, "D", event);
      }
      if (now != null) {
        status(statuses, last, now, "I", event);
      }
    }
    return statuses;
  }

  private static void status(
      Map<String, List<String>> statuses,
      Map<String, String> last,
      String key,
      String status,
      Event event) {
    if (!status.equals(last.put(key, status))) {
      add(statuses, key, event.sequence() + " " + event.at() + " " + status);
    }
  }

  /**
   * When a driving key had which other key: openings, and closings with the time of the opening.
   */
  Map<String, List<String>> relations(List<String> driving, List<String> other) {
    Map<String, List<String>> relations = new HashMap<>();
    Map<String, Map<String, Long>> open = new HashMap<>();
    for (Event event : events) {
      String[] old = pair(driving, other, event.before());
      String[] now = pair(driving, other, event.after());
      if (old != null && (now == null || !List.of(old).equals(List.of(now)))) {
        Long since = open.get(old[0]).remove(old[1]);
        add(relations, old[0], event.sequence() + " " + old[1] + " " + since + ".." + event.at());
      }
      if (now != null
          && open.computeIfAbsent(now[0], any -> new HashMap<>()).putIfAbsent(now[1], event.at())
              == null) {
        add(relations, now[0], event.sequence() + " " + now[1] + " " + event.at() + "..");
      }
    }
    relations.values().forEach(lines -> lines.sort(null)); // one place may close and open
    return relations;
  }

  private String[] pair(List<String> driving, List<String> other, List<String> row) {
    String left = textOrNull(driving, row);
    String right = textOrNull(other, row);
    return left == null || right == null ? null : new String[] {left, right};
  }

  /** Versions with ends; of several at one time the last one. */
  Map<String, List<String>> history(List<String> key, List<String> payload) {
    Map<String, SortedMap<Long, String>> timelines = new HashMap<>();
    for (Event event : events) {
      if (event.before() == null && event.after() == null) {
        timelines.values().forEach(timeline -> timeline.put(event.at(), NONE));
        continue;
      }
      if (event.before() != null) {
        at(timelines, text(key, event.before()), event.at(), NONE);
      }
      if (event.after() != null) {
        at(timelines, text(key, event.after()), event.at(), "=" + text(payload, event.after()));
      }
    }
    Map<String, List<String>> history = new HashMap<>();
    timelines.forEach((of, timeline) -> history.put(of, spans(timeline)));
    history.values().removeIf(List::isEmpty);
    return history;
  }

  private static void at(
      Map<String, SortedMap<Long, String>> timelines, String key, long time, String state) {
    timelines.computeIfAbsent(key, any -> new TreeMap<>()).put(time, state);
  }

  private static List<String> spans(SortedMap<Long, String> timeline) {
    List<String> spans = new ArrayList<>();
    String state = NONE;
    long since = 0;
    for (Map.Entry<Long, String> next : timeline.entrySet()) {
      if (!Objects.equals(state, next.getValue())) {
        if (!state.equals(NONE)) {
          spans.add(since + ".." + next.getKey() + " " + state);
        }
        state = next.getValue();
        since = next.getKey();
      }
    }
    if (!state.equals(NONE)) {
      spans.add(since + ".. " + state);
    }
    return spans;
  }

  private static void add(Map<String, List<String>> lists, String key, String line) {
    lists.computeIfAbsent(key, any -> new ArrayList<>(1)).add(line);
  }

  /**
   * Where two such tables differ, some keys of them.
   *
   * @param name of the table, for who reads the answer
   */
  static List<String> differences(
      String name, Map<String, List<String>> expected, Map<String, List<String>> actual) {
    List<String> differences = new ArrayList<>();
    Set<String> all = new TreeSet<>(expected.keySet());
    all.addAll(actual.keySet());
    int different = 0;
    for (String key : all) {
      List<String> must = expected.getOrDefault(key, List.of());
      List<String> is = actual.getOrDefault(key, List.of());
      if (!must.equals(is) && ++different <= SHOWN) {
        differences.add(
            "%s %s:%n  expected %s%n  found %s"
                .formatted(name, key, shown(must, is), shown(is, must)));
      }
    }
    if (different > 0) {
      differences.add(name + ": " + different + " of " + all.size() + " keys differ");
    }
    return differences;
  }

  /** What one list has and the other has not, with where it stands. */
  private static String shown(List<String> list, List<String> other) {
    List<String> more = new ArrayList<>(list);
    more.removeAll(other);
    return list.size()
        + " rows, alone: "
        + (more.isEmpty() ? Collections.emptyList() : String.join("\n           ", more));
  }
}
