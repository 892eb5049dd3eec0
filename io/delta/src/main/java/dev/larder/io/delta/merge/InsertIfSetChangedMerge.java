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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@link LoadRule.InsertIfSetChanged}: the rows of one key and one order are added, all of them, if
 * they differ as a multiset from the rows of the order before. A set whose key and order are stored
 * is the set that is stored: it is ignored, whatever is in it.
 *
 * <p>Rows of a set that are equal in every column are one row: the same event that came twice. Rows
 * that differ in any column count each, also where member and compared columns are equal.
 *
 * <p>What such a table cannot know: a set that repeated the one before it left no trace, and one
 * that comes late, between both, is added while the repetition stays missing. Who loads late sets
 * loads them with the later sets of their keys.
 *
 * <p><b>Cost</b>: holds the rows that came, and order, member and compared columns of the stored
 * rows of their keys.
 *
 * <p>Source: RULES 5 (multi-active satellites).
 */
public final class InsertIfSetChangedMerge implements MergeRule {
  private static final Comparator<Object> BY_VALUE = Values::compare;

  private final LoadRule.InsertIfSetChanged rule;
  private final String table;
  private final RowSchema storedColumns;
  private final Layout incoming;
  private final Layout stored;
  private final Map<RowKey, Sets> keys = new HashMap<>();

  InsertIfSetChangedMerge(LoadRule.InsertIfSetChanged rule, String table, RowSchema schema) {
    this.rule = rule;
    this.table = table;
    List<String> needed = new ArrayList<>(rule.key());
    needed.add(rule.order());
    needed.addAll(rule.member());
    needed.addAll(rule.compared());
    this.storedColumns = MergeRule.columns(schema, needed);
    this.incoming = new Layout(rule, schema);
    this.stored = new Layout(rule, storedColumns);
  }

  /** Where the rule's columns are in rows of one schema. */
  private static final class Layout {
    private final RowKey.Of key;
    private final RowKey.Of member;
    private final int order;
    private final RowKey.Of element;

    Layout(LoadRule.InsertIfSetChanged rule, RowSchema schema) {
      List<String> element = new ArrayList<>(rule.member());
      element.addAll(rule.compared());
      this.key = new RowKey.Of(schema, rule.key());
      this.member = new RowKey.Of(schema, rule.member());
      this.order = schema.position(rule.order());
      this.element = new RowKey.Of(schema, element);
    }
  }

  /** The sets of a key by their order; of stored ones how often each element is in them. */
  private static final class Sets {
    private final Map<Object, List<Object[]>> came = new TreeMap<>(BY_VALUE);
    private final Map<Object, Map<RowKey, Integer>> stored = new TreeMap<>(BY_VALUE);
  }

  @Override
  public void incoming(Incoming row) {
    MergeRule.refuseDeleteAll(row, table, "InsertIfSetChanged");
    if (row.change() == Change.DELETE) {
      throw DeltaErrors.deleteNotAllowed(table, "InsertIfSetChanged");
    }
    Object[] values = row.values();
    if (values[incoming.order] == null) {
      throw DeltaErrors.absentOrder(table, rule.order(), "InsertIfSetChanged");
    }
    if (incoming.key.isComplete(values) && incoming.member.isComplete(values)) {
      keys.computeIfAbsent(incoming.key.key(values), key -> new Sets())
          .came
          .computeIfAbsent(values[incoming.order], order -> new ArrayList<>(1))
          .add(values);
    }
  }

  @Override
  public RowSchema storedColumns() {
    return storedColumns;
  }

  @Override
  public Fate stored(Object[] row) {
    Sets sets = keys.get(stored.key.key(row));
    if (sets != null) {
      sets.stored
          .computeIfAbsent(row[stored.order], order -> new HashMap<>())
          .merge(stored.element.key(row), 1, Integer::sum);
    }
    return Fate.STAYS;
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    keys.values().forEach(sets -> addChanged(sets, added));
    added.sort(
        incoming
            .key
            .order()
            .thenComparing(row -> row[incoming.order], BY_VALUE)
            .thenComparing(incoming.member.order()));
    return added;
  }

  private void addChanged(Sets sets, List<Object[]> added) {
    Set<Object> orders = new TreeSet<>(BY_VALUE);
    orders.addAll(sets.came.keySet());
    orders.addAll(sets.stored.keySet());
    Map<RowKey, Integer> before = Map.of();
    for (Object order : orders) {
      Map<RowKey, Integer> known = sets.stored.get(order);
      if (known != null) {
        before = known;
        continue;
      }
      List<Object[]> set = distinct(sets.came.get(order));
      Map<RowKey, Integer> elements = new HashMap<>();
      set.forEach(row -> elements.merge(incoming.element.key(row), 1, Integer::sum));
      if (!elements.equals(before)) {
        added.addAll(set);
        before = elements;
      }
    }
  }

  private static List<Object[]> distinct(List<Object[]> rows) {
    List<Object[]> distinct = new ArrayList<>(rows.size());
    rows.sort(Values::compare);
    for (Object[] row : rows) {
      if (distinct.isEmpty() || !Values.sameRow(distinct.get(distinct.size() - 1), row)) {
        distinct.add(row);
      }
    }
    return distinct;
  }
}
