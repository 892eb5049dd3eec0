package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
  private final RowSchema storedColumns;
  private final Layout incoming;
  private final Layout stored;
  private final Comparator<Incoming> inOrder;
  private final Map<RowKey, Versions> keys = new HashMap<>();

  Scd2Merge(LoadRule.Scd2 rule, String table, RowSchema schema) {
    this.rule = rule;
    this.table = table;
    List<String> needed = new ArrayList<>(rule.key());
    needed.addAll(rule.compared());
    needed.addAll(List.of(rule.from(), rule.to(), rule.current()));
    this.storedColumns = MergeRule.columns(schema, needed);
    this.incoming = new Layout(rule, schema);
    this.stored = new Layout(rule, storedColumns);
    this.inOrder =
        Comparator.<Incoming>comparingLong(row -> (Long) row.values()[incoming.from])
            .thenComparing(Incoming.inOrder());
  }

  /** Where the rule's columns are in rows of one schema. */
  private static final class Layout {
    private final RowKey.Of key;
    private final RowKey.Of compared;
    private final int from;
    private final int to;
    private final int current;

    Layout(LoadRule.Scd2 rule, RowSchema schema) {
      this.key = new RowKey.Of(schema, rule.key());
      this.compared = new RowKey.Of(schema, rule.compared());
      this.from = schema.position(rule.from());
      this.to = schema.position(rule.to());
      this.current = schema.position(rule.current());
    }
  }

  /**
   * What holds of a key from a time on.
   *
   * @param row that came; null for one that is stored
   */
  private record Event(long from, RowKey compared, Object[] row) {}

  /** The end of a wanted version, and where its row is. */
  private static final class Version {
    private final Event event;
    private long to;
    private boolean current;

    Version(Event event, long openEnd) {
      this.event = event;
      this.to = openEnd;
      this.current = true;
    }
  }

  private record Stored(long from, long to, Object current, RowKey compared) {}

  /** All that is known of a key; {@code wanted} once the rows are merged. */
  private static final class Versions {
    private final List<Incoming> came = new ArrayList<>(1);
    private final List<Stored> stored = new ArrayList<>(1);
    private final Map<Long, Version> wanted = new HashMap<>();
  }

  @Override
  public void incoming(Incoming row) {
    MergeRule.refuseDeleteAll(row, table, "Scd2");
    if (row.values()[incoming.from] == null) {
      throw DeltaErrors.absentValue(table, rule.from());
    }
    keys.computeIfAbsent(incoming.key.key(row.values()), any -> new Versions()).came.add(row);
  }

  @Override
  public RowSchema storedColumns() {
    return storedColumns;
  }

  @Override
  public Fate stored(Object[] row) {
    Versions versions = keys.get(stored.key.key(row));
    if (versions == null) {
      return Fate.STAYS;
    }
    Stored version =
        new Stored(
            (Long) row[stored.from],
            (Long) row[stored.to],
            row[stored.current],
            stored.compared.key(row));
    versions.stored.add(version);
    return () -> verdict(version, versions.wanted.get(version.from));
  }

  private static Verdict verdict(Stored stored, Version wanted) {
    if (wanted == null || !endsAs(wanted, stored.to, stored.current)) {
      return Verdict.CHANGES;
    }
    if (wanted.event.row == null) {
      return Verdict.STAYS;
    }
    // The same event came again, or another with the same start.
    return wanted.event.compared.equals(stored.compared) ? Verdict.DEPENDS : Verdict.CHANGES;
  }

  private static boolean endsAs(Version wanted, Object to, Object current) {
    return to.equals(wanted.to) && Values.same(current, wanted.current);
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    keys.values().forEach(versions -> merge(versions, added));
    added.sort(
        incoming
            .key
            .order()
            .thenComparing(
                (left, right) -> Values.compare(left[incoming.from], right[incoming.from])));
    return added;
  }

  private void merge(Versions versions, List<Object[]> added) {
    for (Version version : versions(timeline(versions))) {
      versions.wanted.put(version.event.from, version);
    }
    Map<Long, Version> fresh = new HashMap<>(versions.wanted);
    versions.stored.forEach(row -> fresh.remove(row.from));
    fresh.values().forEach(version -> added.add(row(version)));
  }

  /** All events of a key by start, one for each start; null where the key is gone. */
  private Map<Long, Event> timeline(Versions versions) {
    Map<Long, Event> byStart = new TreeMap<>();
    for (Stored row : versions.stored) {
      if (row.to != rule.openEnd()) {
        byStart.put(row.to, null);
      }
    }
    for (Stored row : versions.stored) {
      byStart.put(row.from, new Event(row.from, row.compared, null));
    }
    versions.came.sort(inOrder);
    for (Incoming row : versions.came) {
      long from = (Long) row.values()[incoming.from];
      boolean gone = row.change() == Change.DELETE;
      byStart.put(
          from, gone ? null : new Event(from, incoming.compared.key(row.values()), row.values()));
    }
    return byStart;
  }

  private List<Version> versions(Map<Long, Event> timeline) {
    List<Version> versions = new ArrayList<>();
    Version open = null;
    for (Map.Entry<Long, Event> entry : timeline.entrySet()) {
      Event event = entry.getValue();
      if (open != null && event != null && open.event.compared.equals(event.compared)) {
        continue;
      }
      if (open != null) {
        open.to = entry.getKey();
        open.current = false;
      }
      open = event == null ? null : new Version(event, rule.openEnd());
      if (open != null) {
        versions.add(open);
      }
    }
    return versions;
  }

  /** A row that came, as it is to be stored. */
  private Object[] row(Version version) {
    return ending(version.event.row, version);
  }

  private Object[] ending(Object[] row, Version version) {
    Object[] ending = row.clone();
    ending[incoming.to] = version.to;
    ending[incoming.current] = version.current;
    return ending;
  }

  @Override
  public Object[] instead(Object[] row) {
    Versions versions = keys.get(incoming.key.key(row));
    if (versions == null) {
      return row;
    }
    Version wanted = versions.wanted.get((Long) row[incoming.from]);
    if (wanted == null) {
      return GONE;
    }
    if (wanted.event.row == null) {
      return endsAs(wanted, row[incoming.to], row[incoming.current]) ? row : ending(row, wanted);
    }
    Object[] came = row(wanted);
    return Values.sameRow(row, came) ? row : came;
  }
}
