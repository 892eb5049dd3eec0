package dev.larder.runners.direct;

import dev.larder.testdata.binlog.BinlogPlace;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.RowChange;
import dev.larder.testdata.binlog.SourceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tables of a vault must hold of one source table, told by the oracle alone: by key, the
 * versions in the order of the log, each as {@code place time values}. The rules are RULES 2-7 in
 * their plainest form: whole histories, no batches, no merging.
 */
final class ExpectedVault {
  private static final String NONE = "NULL";
  private static final long MILLI = 1_000;

  private final SourceTable table;
  private final List<Event> events = new ArrayList<>();
  private final List<Event> before = new ArrayList<>();

  /**
   * @param sequence the place as the vault writes it
   * @param at microseconds since the epoch
   * @param before null if the row begins
   * @param after null if it ends; both null: all rows end
   */
  private record Event(String sequence, long at, List<String> before, List<String> after) {
    boolean isTruncate() {
      return before == null && after == null;
    }

    String stamp() {
      return sequence + " " + at + " ";
    }
  }

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
    for (RowChange change : replay.changes(table)) {
      add(change, change.place().compareTo(p0) < 0 ? before : events);
    }
  }

  /** A changed primary key is the end of a row and the beginning of another (RULES 7). */
  private void add(RowChange change, List<Event> to) {
    String even = sequence(change.place(), 2 * change.row());
    String odd = sequence(change.place(), 2 * change.row() + 1);
    // Debezium tells the time of statements in milliseconds only, also where it says micros.
    long at = change.isTruncate() ? change.committedAt() / MILLI * MILLI : change.committedAt();
    if (change.before() != null
        && change.after() != null
        && !key(change.before()).equals(key(change.after()))) {
      to.add(new Event(even, at, change.before(), null));
      to.add(new Event(odd, at, null, change.after()));
    } else {
      boolean isInsert = change.before() == null && change.after() != null;
      to.add(new Event(isInsert ? odd : even, at, change.before(), change.after()));
    }
  }

  private static String sequence(BinlogPlace place, int row) {
    return String.format(Locale.ROOT, "%08d:%012d:%06d", place.ordinal(), place.position(), row);
  }

  private List<String> key(List<String> row) {
    return table.key().stream().map(row::get).toList();
  }

  /** The places of all changes behind the snapshot. */
  void places(String key, Lines out) {
    String first = events.isEmpty() ? "" : events.get(0).sequence();
    for (Event event : events) {
      if (event.sequence().compareTo(first) > 0) {
        out.add(key, event.sequence());
      }
    }
  }

  /** The places of changes that lie before the snapshot, as far back as the oracle knows them. */
  Set<String> placesBefore() {
    return before.stream().map(Event::sequence).collect(Collectors.toSet());
  }

  /** Some columns of rows as text. */
  private final class Columns {
    private final int[] places;

    Columns(List<String> names) {
      places = names.stream().mapToInt(table::column).toArray();
    }

    String text(List<String> row) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < places.length; i++) {
        String value = row.get(places[i]);
        text.append(i == 0 ? "" : "|").append(value == null ? NONE : value);
      }
      return text.toString();
    }

    /** Null if there is no row, or it has no value in one of the columns. */
    String textOrNull(List<String> row) {
      if (row == null) {
        return null;
      }
      for (int place : places) {
        if (row.get(place) == null) {
          return null;
        }
      }
      return text(row);
    }
  }

  /** First sightings of keys. */
  void keys(List<String> keyColumns, Lines out) {
    Columns key = new Columns(keyColumns);
    Set<String> seen = new HashSet<>();
    for (Event event : events) {
      String now = key.textOrNull(event.after());
      if (now != null && seen.add(now)) {
        out.add(now, event.stamp());
      }
    }
  }

  /** Versions that differ from the one before them. */
  void versions(List<String> keyColumns, List<String> payloadColumns, Lines out) {
    Columns key = new Columns(keyColumns);
    Columns payload = new Columns(payloadColumns);
    Map<String, List<String>> last = new HashMap<>();
    for (Event event : events) {
      if (event.after() != null) {
        String of = key.text(event.after());
        String now = payload.text(event.after());
        List<String> was = last.put(of, event.after());
        if (was == null || !now.equals(payload.text(was))) {
          out.add(of, event.stamp() + now);
        }
      }
    }
  }

  /** When a key came and went. */
  void status(List<String> keyColumns, Lines out) {
    Columns key = new Columns(keyColumns);
    Map<String, String> last = new LinkedHashMap<>();
    for (Event event : events) {
      if (event.isTruncate()) {
        last.keySet().forEach(of -> status(last, of, "D", event, out));
        continue;
      }
      String old = key.textOrNull(event.before());
      String now = key.textOrNull(event.after());
      if (old != null && !old.equals(now)) {
        status(last, old, "D", event, out);
      }
      if (now != null) {
        status(last, now, "I", event, out);
      }
    }
  }

  private static void status(
      Map<String, String> last, String key, String status, Event event, Lines out) {
    if (!status.equals(last.put(key, status))) {
      out.add(key, event.stamp() + status);
    }
  }

  /**
   * When a driving key had which other key: openings, and closings with the time of the opening.
   */
  void relations(List<String> drivingColumns, List<String> otherColumns, Lines out) {
    Columns driving = new Columns(drivingColumns);
    Columns other = new Columns(otherColumns);
    Map<List<String>, Long> open = new HashMap<>();
    for (Event event : events) {
      List<String> old = pair(driving, other, event.before());
      List<String> now = pair(driving, other, event.after());
      if (old != null && !old.equals(now)) {
        String period = open.remove(old) + ".." + event.at();
        out.add(old.get(0), event.sequence() + " " + old.get(1) + " " + period);
      }
      if (now != null && open.putIfAbsent(now, event.at()) == null) {
        out.add(now.get(0), event.sequence() + " " + now.get(1) + " " + event.at() + "..");
      }
    }
  }

  private static List<String> pair(Columns driving, Columns other, List<String> row) {
    String left = driving.textOrNull(row);
    String right = other.textOrNull(row);
    return left == null || right == null ? null : List.of(left, right);
  }

  /** Versions with ends; of several at one time the last one. */
  void history(List<String> keyColumns, List<String> payloadColumns, Lines out) {
    Columns key = new Columns(keyColumns);
    Columns payload = new Columns(payloadColumns);
    Map<String, Timeline> timelines = new HashMap<>();
    for (Event event : events) {
      if (event.isTruncate()) {
        timelines.values().forEach(timeline -> timeline.put(event.at(), null));
        continue;
      }
      if (event.before() != null) {
        at(timelines, key.text(event.before())).put(event.at(), null);
      }
      if (event.after() != null) {
        at(timelines, key.text(event.after())).put(event.at(), event.after());
      }
    }
    timelines.forEach((of, timeline) -> timeline.tell(row -> "=" + payload.text(row), of, out));
  }

  private static Timeline at(Map<String, Timeline> timelines, String key) {
    return timelines.computeIfAbsent(key, any -> new Timeline());
  }
}
