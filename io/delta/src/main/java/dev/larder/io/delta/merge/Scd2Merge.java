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
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@link LoadRule.Scd2}: versions with stored ends. The stored versions of a key are read back as
 * events (a start, and an end where nothing follows at once), the events that came are laid over
 * them, and the versions are made anew from all of them; what comes out as it is stored stays where
 * it is.
 *
 * <p>Of several events with one start the last in order wins, and one that came wins over what is
 * stored. An event that repeats the version before it is of that version, which has its {@code
 * updated} columns from the last such.
 *
 * <p><b>Early deletes</b>: a delete that finds no version to close is kept, as a row whose end is
 * its start. It holds at no time ({@code from <= t < to} is never true of it) and is not current;
 * an older row that comes later ends there. Who lists versions leaves out rows with {@code from =
 * to}. It is kept in the table, and not looked up in another store of events, for the rule must
 * hold for who has no such store; once it closes a version, that version's end says it and the row
 * goes.
 *
 * <p>What such a table cannot know: an event that repeated the version before it left no trace but
 * the {@code updated} columns, which what a late event cuts off the version keeps; nor did an end
 * of all rows for a key without an open version. Who loads late rows loads them with the later
 * events of their keys; then any order of arrival gives the same rows.
 *
 * <p><b>Cost</b>: holds the rows that came, and the read columns of the stored rows of their keys;
 * with an end of all rows those of every key of the bucket.
 */
public final class Scd2Merge implements MergeRule {
  private static final Object[] NOTHING = {};

  private final LoadRule.Scd2 rule;
  private final String table;
  private final RowSchema storedColumns;
  private final Layout incoming;
  private final Layout stored;
  private final Comparator<Incoming> inOrder;
  private final Map<RowKey, Versions> keys = new HashMap<>();

  /** Rows that end all before them; while there are none, few keys are kept. */
  private final List<Incoming> ends = new ArrayList<>(0);

  Scd2Merge(LoadRule.Scd2 rule, String table, RowSchema schema) {
    this.rule = rule;
    this.table = table;
    List<String> needed = new ArrayList<>(rule.key());
    needed.addAll(rule.compared());
    needed.addAll(rule.updated());
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
    private final int[] updated;
    private final int from;
    private final int to;
    private final int current;

    Layout(LoadRule.Scd2 rule, RowSchema schema) {
      this.key = new RowKey.Of(schema, rule.key());
      this.compared = new RowKey.Of(schema, rule.compared());
      this.updated = rule.updated().stream().mapToInt(schema::position).toArray();
      this.from = schema.position(rule.from());
      this.to = schema.position(rule.to());
      this.current = schema.position(rule.current());
    }

    Object[] updated(Object[] row) {
      if (updated.length == 0) {
        return NOTHING;
      }
      Object[] values = new Object[updated.length];
      for (int i = 0; i < updated.length; i++) {
        values[i] = row[updated[i]];
      }
      return values;
    }
  }

  /**
   * What holds of a key from a time on.
   *
   * @param compared null where the key is gone
   * @param updated values of the columns that a version has from its last event
   * @param row that came; null for one that is stored
   * @param isKept whether it is stored although it neither begins nor ends a version: a delete
   * @param earlier the event with the same start before it in order, where that may matter: it may
   *     have been the last one of the version before
   */
  private record Event(
      long from, RowKey compared, Object[] updated, Object[] row, boolean isKept, Event earlier) {
    static Event version(long from, RowKey compared, Object[] updated, Object[] row) {
      return new Event(from, compared, updated, row, true, null);
    }

    static Event delete(long from, Object[] updated, Object[] row) {
      return new Event(from, null, updated, row, true, null);
    }

    /** The end of a version, which says itself when it ended. */
    static Event end(long from) {
      return new Event(from, null, NOTHING, null, false, null);
    }

    /** What counts of two events with one start. */
    Event followedBy(Event other) {
      return compared == null && other.compared == null && !other.isKept ? this : other.after(this);
    }

    private Event after(Event before) {
      return before.updated.length == 0 && before.earlier == null
          ? this
          : new Event(from, compared, updated, row, isKept, before);
    }
  }

  /** The end of a wanted version, and where its row is. */
  private static final class Version {
    private final Event event;
    private Object[] updated;
    private long to;
    private boolean current;

    private Version(Event event, long to, boolean current) {
      this.event = event;
      this.updated = event.updated;
      this.to = to;
      this.current = current;
    }

    /**
     * Takes what the last of the events with one start says that repeats the version.
     *
     * @return whether it is the last of all, so that the version goes on
     */
    boolean goesOn(Event last) {
      for (Event each = last; each != null; each = each.earlier) {
        if (event.compared.equals(each.compared)) {
          updated = each.updated;
          return each == last;
        }
      }
      return false;
    }

    static Version open(Event event, long openEnd) {
      return new Version(event, openEnd, true);
    }

    /** Of no length: a delete that closed nothing. */
    static Version empty(Event event) {
      return new Version(event, event.from, false);
    }
  }

  private record Stored(long from, long to, Object current, RowKey compared, Object[] updated) {}

  /** All that is known of a key; {@code wanted} once the rows are merged. */
  private static final class Versions {
    private final List<Incoming> came = new ArrayList<>(1);
    private final List<Stored> stored = new ArrayList<>(1);
    private final Map<Long, Version> wanted = new HashMap<>();
  }

  @Override
  public void incoming(Incoming row) {
    if (row.values()[incoming.from] == null) {
      throw DeltaErrors.absentValue(table, rule.from());
    }
    if (row.change() == Change.DELETE_ALL) {
      ends.add(row);
      return;
    }
    keys.computeIfAbsent(incoming.key.key(row.values()), any -> new Versions()).came.add(row);
  }

  @Override
  public RowSchema storedColumns() {
    return storedColumns;
  }

  /** Versions of a key do not overlap: what came later than all starts can change only the last. */
  @Override
  public Optional<String> newestBy() {
    return Optional.of(rule.from());
  }

  @Override
  public Fate stored(Object[] row) {
    RowKey key = stored.key.key(row);
    Versions versions =
        ends.isEmpty() ? keys.get(key) : keys.computeIfAbsent(key, any -> new Versions());
    if (versions == null) {
      return Fate.STAYS;
    }
    Stored version =
        new Stored(
            (Long) row[stored.from],
            (Long) row[stored.to],
            row[stored.current],
            stored.compared.key(row),
            stored.updated(row));
    versions.stored.add(version);
    return new StoredFate(versions, version);
  }

  @Override
  public List<String> endColumns() {
    return List.of(rule.to(), rule.current());
  }

  private record StoredFate(Versions versions, Stored stored) implements Fate {
    @Override
    public Verdict verdict() {
      Version wanted = versions.wanted.get(stored.from);
      if (wanted == null) {
        return Verdict.CHANGES;
      }
      if (!Values.sameRow(wanted.updated, stored.updated)) {
        return Verdict.CHANGES;
      }
      boolean endsAs = endsAs(wanted, stored.to, stored.current);
      if (wanted.event.row == null) {
        return endsAs ? Verdict.STAYS : Verdict.ENDS;
      }
      // The same event came again, or another with the same start.
      boolean isSame =
          wanted.event.compared == null || wanted.event.compared.equals(stored.compared);
      return endsAs && isSame ? Verdict.DEPENDS : Verdict.CHANGES;
    }

    @Override
    public Object[] end() {
      Version wanted = versions.wanted.get(stored.from);
      return new Object[] {wanted.to, wanted.current};
    }
  }

  private static boolean endsAs(Version wanted, Object to, Object current) {
    return to.equals(wanted.to) && Values.same(current, wanted.current);
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    keys.values().forEach(versions -> merge(versions, added));
    incoming.key.sort(
        added, (left, right) -> Values.compare(left[incoming.from], right[incoming.from]));
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

  /** All events of a key by start, one for each start. */
  private Map<Long, Event> timeline(Versions versions) {
    Map<Long, Event> byStart = new TreeMap<>();
    for (Stored row : versions.stored) {
      if (row.to != rule.openEnd()) {
        byStart.put(row.to, Event.end(row.to));
      }
    }
    for (Stored row : versions.stored) {
      byStart.put(
          row.from,
          row.to == row.from
              ? Event.delete(row.from, row.updated, null)
              : Event.version(row.from, row.compared, row.updated, null));
    }
    versions.came.addAll(ends);
    versions.came.sort(inOrder);
    for (Incoming row : versions.came) {
      byStart.merge((Long) row.values()[incoming.from], event(row), Event::followedBy);
    }
    return byStart;
  }

  private Event event(Incoming row) {
    long from = (Long) row.values()[incoming.from];
    Object[] updated = incoming.updated(row.values());
    return switch (row.change()) {
      case PUT -> Event.version(from, incoming.compared.key(row.values()), updated, row.values());
      case DELETE -> Event.delete(from, updated, row.values());
      case DELETE_ALL -> Event.end(from);
    };
  }

  private List<Version> versions(Map<Long, Event> timeline) {
    List<Version> versions = new ArrayList<>();
    Version open = null;
    for (Event event : timeline.values()) {
      if (open != null && open.goesOn(event)) {
        continue;
      }
      if (open != null) {
        open.to = event.from;
        open.current = false;
      } else if (event.compared == null && event.isKept) {
        versions.add(Version.empty(event));
      }
      open = event.compared == null ? null : Version.open(event, rule.openEnd());
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
    for (int i = 0; i < incoming.updated.length; i++) {
      ending[incoming.updated[i]] = version.updated[i];
    }
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
      boolean stays =
          endsAs(wanted, row[incoming.to], row[incoming.current])
              && Values.sameRow(wanted.updated, incoming.updated(row));
      return stays ? row : ending(row, wanted);
    }
    Object[] came = row(wanted);
    return Values.sameRow(row, came) ? row : came;
  }
}
