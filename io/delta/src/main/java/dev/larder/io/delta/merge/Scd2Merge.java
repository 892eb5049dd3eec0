package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@link LoadRule.Scd2}: versions with stored ends. The stored versions of a key are read back as
 * events (a start, and an end where nothing follows at once), the events that came are laid over
 * them, and the versions are made anew from all of them; what comes out as it is stored stays where
 * it is.
 *
 * <p>Of several events with one start the last in order wins, and one that came wins over what is
 * stored. What such a table cannot know: an event that repeated the version before it left no
 * trace, nor did a delete of a key without versions; one that comes late meets neither.
 */
public final class Scd2Merge implements MergeRule {
  private final LoadRule.Scd2 rule;
  private final String table;
  private final RowSchema schema;
  private final RowKey.Of key;
  private final RowKey.Of compared;
  private final RowKey.Of version;
  private final int from;
  private final int to;
  private final int current;
  private final Comparator<Incoming> inOrder;
  private final Map<RowKey, Events> keys = new HashMap<>();
  private final Set<RowKey> removed = new HashSet<>();

  Scd2Merge(LoadRule.Scd2 rule, String table, RowSchema schema) {
    this.rule = rule;
    this.table = table;
    this.schema = schema;
    this.key = new RowKey.Of(schema, rule.key());
    this.compared = new RowKey.Of(schema, rule.compared());
    List<String> identity = new ArrayList<>(rule.key());
    identity.add(rule.from());
    this.version = new RowKey.Of(schema, identity);
    this.from = schema.position(rule.from());
    this.to = schema.position(rule.to());
    this.current = schema.position(rule.current());
    this.inOrder =
        Comparator.<Incoming>comparingLong(row -> (Long) row.values()[from])
            .thenComparing(Incoming.inOrder(schema));
  }

  private static final class Events {
    private final List<Incoming> came = new ArrayList<>(1);
    private final List<Object[]> stored = new ArrayList<>(1);
  }

  /** What holds from a time on: a row, or null for a key that is gone. */
  private record Event(long from, Object[] row) {}

  @Override
  public void incoming(Incoming row) {
    if (row.values()[from] == null) {
      throw DeltaErrors.absentValue(table, rule.from());
    }
    keys.computeIfAbsent(key.key(row.values()), any -> new Events()).came.add(row);
  }

  @Override
  public RowSchema storedColumns() {
    return schema;
  }

  @Override
  public boolean stored(Object[] row) {
    Events events = keys.get(key.key(row));
    if (events != null) {
      events.stored.add(row);
    }
    return events != null;
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    keys.values().forEach(events -> merge(events, added));
    added.sort(key.order().thenComparing((left, right) -> Values.compare(left[from], right[from])));
    return added;
  }

  private void merge(Events events, List<Object[]> added) {
    Map<Long, Object[]> wanted = new HashMap<>();
    for (Object[] row : versions(timeline(events))) {
      wanted.put((Long) row[from], row);
    }
    for (Object[] row : events.stored) {
      if (Values.sameRow(row, wanted.get((Long) row[from]))) {
        wanted.remove((Long) row[from]);
      } else {
        removed.add(version.key(row));
      }
    }
    added.addAll(wanted.values());
  }

  /** All events of a key by start, one for each start. */
  private List<Event> timeline(Events events) {
    events.stored.sort(Comparator.comparingLong(row -> (Long) row[from]));
    events.came.sort(inOrder);
    java.util.TreeMap<Long, Object[]> byStart = new java.util.TreeMap<>();
    for (Object[] row : events.stored) {
      long end = (Long) row[to];
      if (end != rule.openEnd()) {
        byStart.put(end, null);
      }
    }
    events.stored.forEach(row -> byStart.put((Long) row[from], row));
    for (Incoming row : events.came) {
      byStart.put((Long) row.values()[from], row.change() == Change.DELETE ? null : row.values());
    }
    List<Event> timeline = new ArrayList<>(byStart.size());
    byStart.forEach((start, row) -> timeline.add(new Event(start, row)));
    return timeline;
  }

  private List<Object[]> versions(List<Event> timeline) {
    List<Object[]> versions = new ArrayList<>();
    Object[] open = null;
    for (Event event : timeline) {
      if (open != null && event.row != null && compared.key(open).equals(compared.key(event.row))) {
        continue;
      }
      if (open != null) {
        open[to] = event.from;
        open[current] = false;
      }
      open = event.row == null ? null : opened(event);
      if (open != null) {
        versions.add(open);
      }
    }
    return versions;
  }

  private Object[] opened(Event event) {
    Object[] row = event.row.clone();
    row[from] = event.from;
    row[to] = rule.openEnd();
    row[current] = true;
    return row;
  }

  @Override
  public boolean removes(Object[] row) {
    return removed.contains(version.key(row));
  }
}
