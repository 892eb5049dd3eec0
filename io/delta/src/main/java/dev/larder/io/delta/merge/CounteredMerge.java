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
 * {@link LoadRule.Countered}: walks the rows of a key in order and adds, at each order, the rows
 * that bring the sums of the counter to what holds then: 1 for one content or none, 0 for all
 * others. A row whose key and order are stored is the event that is stored. The end of all rows
 * takes back what holds of every key.
 *
 * <p>No stored row is changed. A row that comes late between two stored ones is added and reversed;
 * where a stored reversal was of another row than it follows now, it is reversed in turn at its own
 * order. What such a table cannot know: a row that repeated the one before it left no trace. Who
 * loads late rows loads them with the later events of their keys; then any order of arrival gives
 * the same sums at every order.
 *
 * <p><b>Cost</b>: holds the rows that came and the stored rows of their keys; with an end of all
 * rows, the bucket.
 *
 * <p>Source: RULES 3 (corrections of non-historised links).
 */
public final class CounteredMerge implements MergeRule {
  private static final Comparator<Object> BY_VALUE = Values::compare;

  private final LoadRule.Countered rule;
  private final String table;
  private final RowSchema schema;
  private final RowKey.Of key;
  private final RowKey.Of compared;
  private final int order;
  private final int counter;
  private final int[] stamped;
  private final Map<RowKey, Rows> keys = new HashMap<>();

  /** Rows that stand for the end of all before them; while there are none, few keys are kept. */
  private final List<Incoming> ends = new ArrayList<>(0);

  CounteredMerge(LoadRule.Countered rule, String table, RowSchema schema) {
    this.rule = rule;
    this.table = table;
    this.schema = schema;
    this.key = new RowKey.Of(schema, rule.key());
    this.compared = new RowKey.Of(schema, rule.compared());
    this.order = schema.position(rule.order());
    this.counter = schema.position(rule.counter());
    this.stamped = rule.stamped().stream().mapToInt(schema::position).toArray();
  }

  /** The rows of one key by order: all that are stored, and the last that came. */
  private static final class Rows {
    private final Map<Object, List<Object[]>> stored = new TreeMap<>(BY_VALUE);
    private final TreeMap<Object, Incoming> came = new TreeMap<>(BY_VALUE);

    void add(Incoming row, int order) {
      came.merge(
          row.values()[order],
          row,
          (known, other) -> Incoming.inOrder().compare(known, other) >= 0 ? known : other);
    }
  }

  @Override
  public void incoming(Incoming row) {
    if (row.values()[order] == null) {
      throw DeltaErrors.absentOrder(table, rule.order(), "Countered");
    }
    if (row.change() == Change.DELETE_ALL) {
      ends.add(row);
    } else {
      keys.computeIfAbsent(key.key(row.values()), any -> new Rows()).add(row, order);
    }
  }

  @Override
  public RowSchema storedColumns() {
    return schema;
  }

  @Override
  public Fate stored(Object[] row) {
    RowKey stored = key.key(row);
    Rows rows = ends.isEmpty() ? keys.get(stored) : keys.computeIfAbsent(stored, any -> new Rows());
    if (rows != null) {
      rows.stored.computeIfAbsent(row[order], any -> new ArrayList<>(1)).add(row);
    }
    return Fate.STAYS;
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    keys.values().forEach(rows -> ends.forEach(end -> rows.add(end, order)));
    keys.values().forEach(rows -> new Walk(added).walk(rows));
    added.sort(
        key.order().thenComparing(row -> row[order], BY_VALUE).thenComparing(Values::compare));
    return added;
  }

  /** The way through the orders of one key. */
  private final class Walk {
    private final List<Object[]> added;

    /** A row of each content that was there, and its sum in the stored rows so far. */
    private final Map<RowKey, Object[]> contents = new HashMap<>();

    private final Map<RowKey, Long> storedSums = new HashMap<>();

    /** The content that holds; null if none. */
    private RowKey holds;

    Walk(List<Object[]> added) {
      this.added = added;
    }

    void walk(Rows rows) {
      TreeMap<Object, Incoming> orders = new TreeMap<>(rows.came);
      rows.stored.keySet().forEach(each -> orders.putIfAbsent(each, null));
      for (Map.Entry<Object, Incoming> each : orders.entrySet()) {
        List<Object[]> stored = rows.stored.get(each.getKey());
        if (stored == null) {
          came(each.getValue());
        } else {
          stored(stored);
        }
      }
    }

    private void came(Incoming row) {
      RowKey content = null;
      if (row.change() == Change.PUT) {
        content = compared.key(row.values());
        contents.put(content, row.values());
      }
      add(holds, content, Map.of(), row.values());
      holds = content;
    }

    private void stored(List<Object[]> rows) {
      rows.sort(Values::compare);
      Map<RowKey, Long> here = new HashMap<>();
      for (Object[] row : rows) {
        RowKey content = compared.key(row);
        contents.putIfAbsent(content, row);
        here.merge(content, (Long) row[counter], Long::sum);
        storedSums.merge(content, (Long) row[counter], Long::sum);
      }
      RowKey content = null;
      for (Map.Entry<RowKey, Long> sum : storedSums.entrySet()) {
        content = sum.getValue() > 0 ? sum.getKey() : content;
      }
      add(holds, content, here, rows.get(0));
      holds = content;
    }

    /** Adds what is wanted from one content to the next, less what is there. */
    private void add(RowKey before, RowKey after, Map<RowKey, Long> here, Object[] cause) {
      Map<RowKey, Long> missing = new HashMap<>();
      here.forEach((content, sum) -> missing.merge(content, -sum, Long::sum));
      if (before != null) {
        missing.merge(before, -1L, Long::sum);
      }
      if (after != null) {
        missing.merge(after, 1L, Long::sum);
      }
      missing.forEach(
          (content, count) -> {
            for (long i = Math.abs(count); i > 0; i--) {
              added.add(counted(contents.get(content), cause, Long.signum(count)));
            }
          });
    }

    private Object[] counted(Object[] content, Object[] cause, long count) {
      Object[] row = content.clone();
      row[order] = cause[order];
      for (int position : stamped) {
        row[position] = cause[position];
      }
      row[counter] = count;
      return row;
    }
  }
}
