package dev.larder.io.delta.merge;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link LoadRule.Latest}: of the rows of a key that came the last counts; it takes the place of
 * the stored one unless its order is below. Of rows that came with one order, the last by {@link
 * Incoming#inOrder} counts.
 *
 * <p><b>Cost</b>: holds one row for each key that came; an end of all rows reads and rewrites every
 * file of the bucket, but holds nothing for keys of which nothing else came.
 */
public final class LatestMerge implements MergeRule {
  private final LoadRule.Latest rule;
  private final RowSchema storedColumns;
  private final RowKey.Of incomingKey;
  private final RowKey.Of storedKey;
  private final int incomingOrder;
  private final int storedOrder;
  private final int deleted;
  private final Comparator<Incoming> inOrder;
  private final Map<RowKey, Last> keys = new HashMap<>();

  /** The last row that ends all before it, or null. */
  private Incoming end;

  LatestMerge(LoadRule.Latest rule, RowSchema schema) {
    this.rule = rule;
    List<String> needed = new ArrayList<>(rule.key());
    needed.add(rule.order());
    this.storedColumns = MergeRule.columns(schema, needed);
    this.incomingKey = new RowKey.Of(schema, rule.key());
    this.storedKey = new RowKey.Of(storedColumns, rule.key());
    this.incomingOrder = schema.position(rule.order());
    this.storedOrder = storedColumns.position(rule.order());
    this.deleted = rule.keepsDeletes() ? schema.position(rule.deleted()) : -1;
    Comparator<Incoming> byColumn =
        (left, right) ->
            Values.compare(left.values()[incomingOrder], right.values()[incomingOrder]);
    this.inOrder = byColumn.thenComparing(Incoming.inOrder());
  }

  /** The last row of a key that came, and what is known of the stored one. */
  private static final class Last {
    private Incoming row;
    private boolean isStored;
    private boolean isBeaten;
    private boolean isEnded;

    Last(Incoming row) {
      this.row = row;
    }
  }

  @Override
  public void incoming(Incoming row) {
    if (row.change() == Change.DELETE_ALL) {
      end = end == null || inOrder.compare(row, end) > 0 ? row : end;
      return;
    }
    RowKey key = incomingKey.key(row.values());
    Last last = keys.get(key);
    if (last == null) {
      keys.put(key, new Last(row));
    } else if (inOrder.compare(row, last.row) > 0) {
      last.row = row;
    }
  }

  @Override
  public RowSchema storedColumns() {
    return storedColumns;
  }

  @Override
  public Fate stored(Object[] row) {
    RowKey key = storedKey.key(row);
    if (!keys.containsKey(key)) {
      return end == null ? Fate.STAYS : ofEnd(row);
    }
    Last last = last(key);
    int order = Values.compare(last.row.values()[incomingOrder], row[storedOrder]);
    last.isStored = true;
    last.isBeaten |= order < 0;
    return () -> {
      if (last.isBeaten) {
        return Verdict.STAYS;
      }
      // The same order may be the same row: a batch that is loaded again.
      return order == 0 ? Verdict.DEPENDS : Verdict.CHANGES;
    };
  }

  /** Of a key that nothing else came of: no object is made for it. */
  private Fate ofEnd(Object[] row) {
    int order = Values.compare(end.values()[incomingOrder], row[storedOrder]);
    return order < 0 ? Fate.STAYS : order == 0 ? Fate.DEPENDS : Fate.CHANGES;
  }

  /** What counts for a key; null if nothing that came concerns it. */
  private Last last(RowKey key) {
    Last last = keys.get(key);
    if (end == null) {
      return last;
    }
    if (last == null) {
      return new Last(ended(key));
    }
    if (!last.isEnded && inOrder.compare(end, last.row) > 0) {
      last.row = ended(key);
      last.isEnded = true;
    }
    return last;
  }

  /** The end of all rows as a delete of this key. */
  private Incoming ended(RowKey key) {
    Object[] values = end.values().clone();
    incomingKey.fill(key, values);
    return new Incoming(values, end.order(), Change.DELETE);
  }

  @Override
  public List<Object[]> added() {
    List<Object[]> added = new ArrayList<>();
    keys.keySet().forEach(this::last);
    for (Last last : keys.values()) {
      if (!last.isStored && wanted(last) != GONE) {
        added.add(wanted(last));
      }
    }
    incomingKey.sort(added, (left, right) -> 0);
    return added;
  }

  private Object[] wanted(Last last) {
    boolean isDelete = last.row.change() == Change.DELETE;
    if (!rule.keepsDeletes()) {
      return isDelete ? GONE : last.row.values();
    }
    Object[] row = last.row.values().clone();
    row[deleted] = isDelete;
    return row;
  }

  @Override
  public Object[] instead(Object[] stored) {
    Last last = last(incomingKey.key(stored));
    if (last == null
        || last.isBeaten
        || Values.compare(last.row.values()[incomingOrder], stored[incomingOrder]) < 0) {
      return stored;
    }
    Object[] wanted = wanted(last);
    return Values.sameRow(stored, wanted) ? stored : wanted;
  }
}
