package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.LoadRule.Others;
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
 * {@link LoadRule.Effectivity}: walks the events of a driving key in order, stored ones and those
 * that came, and adds a closing row for every member that is open and should not be, an opening row
 * for every member that should be open and is not. An event whose order is stored is the event that
 * is stored: what is open after it is what the stored rows say, whatever came. The state after a
 * late event is carried on to the next stored one, where further rows bring it to what that one
 * says.
 *
 * <p>A delete of a member that is not open is kept as a closing row whose end is its start, so that
 * an older row that comes later ends there. A row that came with an end of its own closes an open
 * member, or is the first that is known of one; else it is left out.
 *
 * <p>No stored row is changed. So a row that comes late may leave stored rows behind that say what
 * holds already: a second closing, a second opening, a closing row whose start is not that of the
 * opening before it. Readers that take the latest row of a member up to a time are right at every
 * time. What such a table cannot know: an event that changed nothing left no trace. Who loads late
 * rows loads them with the later events of their keys; then any order of arrival gives the same
 * openings and closings once repetitions are left out.
 *
 * <p><b>Cost</b>: holds the rows that came, and the stored rows of their driving keys; with an end
 * of all rows those of the whole bucket.
 *
 * <p>Source: RULES 6 (driving keys), with its cases of the public suite.
 */
public final class EffectivityMerge implements MergeRule {
  private static final Comparator<Object> BY_VALUE = Values::compare;

  private final LoadRule.Effectivity rule;
  private final String table;
  private final RowSchema schema;
  private final EffectivityRows rows;
  private final RowKey.Of driving;

  /** What is looked at together: a driving key, or one of its members if others are kept. */
  private final RowKey.Of unit;

  private final Map<RowKey, Unit> units = new HashMap<>();
  private final List<Incoming> ends = new ArrayList<>(0);

  EffectivityMerge(LoadRule.Effectivity rule, String table, RowSchema schema) {
    this.rule = rule;
    this.table = table;
    this.schema = schema;
    this.rows = new EffectivityRows(rule, schema);
    this.driving = new RowKey.Of(schema, rule.driving());
    List<String> unit = new ArrayList<>(rule.driving());
    if (rule.others() == Others.KEEP) {
      unit.addAll(rule.member());
    }
    this.unit = new RowKey.Of(schema, unit);
  }

  private static final class Unit {
    private final List<Incoming> came = new ArrayList<>(1);
    private final List<Object[]> stored = new ArrayList<>(1);
  }

  @Override
  public void incoming(Incoming row) {
    Object[] values = row.values();
    if (rows.order(values) == null) {
      throw DeltaErrors.absentOrder(table, rule.order(), "Effectivity");
    } else if (rows.start(values) == null) {
      throw DeltaErrors.absentOrder(table, rule.start(), "Effectivity");
    }
    if (row.change() == Change.DELETE_ALL) {
      ends.add(row);
    } else if (isComplete(row)) {
      units.computeIfAbsent(unit.key(values), key -> new Unit()).came.add(row);
    }
  }

  private boolean isComplete(Incoming row) {
    boolean mayLackMember = rule.others() == Others.CLOSE && row.change() == Change.DELETE;
    return driving.isComplete(row.values()) && (mayLackMember || rows.hasMember(row.values()));
  }

  @Override
  public RowSchema storedColumns() {
    return schema;
  }

  @Override
  public Fate stored(Object[] row) {
    RowKey key = unit.key(row);
    Unit known = ends.isEmpty() ? units.get(key) : units.computeIfAbsent(key, any -> new Unit());
    if (known != null) {
      known.stored.add(row);
    }
    return Fate.STAYS;
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    for (Unit each : units.values()) {
      each.came.addAll(ends);
      new OpenMembers(rows, added).walk(moments(each).values());
    }
    added.sort(driving.order().thenComparing(rows.inOrder()));
    return added;
  }

  private Map<Object, OpenMembers.Moment> moments(Unit known) {
    Map<Object, OpenMembers.Moment> moments = new TreeMap<>(BY_VALUE);
    known.stored.forEach(row -> moment(moments, row).stored().add(row));
    known.came.sort(Incoming.inOrder());
    known.came.forEach(row -> moment(moments, row.values()).came().add(row));
    return moments;
  }

  private OpenMembers.Moment moment(Map<Object, OpenMembers.Moment> moments, Object[] row) {
    return moments.computeIfAbsent(rows.order(row), order -> OpenMembers.Moment.empty());
  }
}
