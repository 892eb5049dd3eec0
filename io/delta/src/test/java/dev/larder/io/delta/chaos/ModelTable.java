package dev.larder.io.delta.chaos;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table in memory with all its versions, loaded by the rules in the simplest way: row after row,
 * in the order in which things happened.
 */
final class ModelTable {
  private static final int ORDER = 1;
  private static final int COMPARED = 2;
  private static final int FROM = 3;
  private static final int TO = 4;
  private static final int CURRENT = 5;

  private final LoadRule rule;
  private final Map<Long, List<Object[]>> versions = new TreeMap<>();
  private List<Object[]> rows = new ArrayList<>();

  ModelTable(LoadRule rule) {
    this.rule = rule;
  }

  /** This table now, without its versions. */
  ModelTable copy() {
    ModelTable copy = new ModelTable(rule);
    copy.rows = new ArrayList<>(rows);
    return copy;
  }

  /** Takes a row that happened after all others. */
  void load(Object[] row) {
    Object[] last = lastOf(row[0]);
    if (rule instanceof LoadRule.Append) {
      rows.add(row);
    } else if (rule instanceof LoadRule.InsertIfAbsent) {
      if (last == null) {
        rows.add(row);
      }
    } else if (rule instanceof LoadRule.InsertIfChanged) {
      if (last == null || !last[COMPARED].equals(row[COMPARED])) {
        rows.add(row);
      }
    } else if (rule instanceof LoadRule.Latest) {
      rows.removeIf(stored -> Values.same(stored[0], row[0]));
      rows.add(row);
    } else {
      keepHistory(row);
    }
  }

  boolean isUnchangedBy(List<Object[]> more) {
    ModelTable loaded = copy();
    more.forEach(loaded::load);
    return loaded.texts().equals(texts());
  }

  /** The row of the key with the highest order; null if there is none. */
  private Object[] lastOf(Object key) {
    Object[] last = null;
    for (Object[] row : rows) {
      if (Values.same(row[0], key) && (last == null || (Long) row[ORDER] > (Long) last[ORDER])) {
        last = row;
      }
    }
    return last;
  }

  private void keepHistory(Object[] row) {
    for (int i = 0; i < rows.size(); i++) {
      Object[] stored = rows.get(i);
      if (Values.same(stored[0], row[0]) && (Boolean) stored[CURRENT]) {
        if (stored[COMPARED].equals(row[COMPARED])) {
          return;
        }
        Object[] closed = stored.clone();
        closed[TO] = row[FROM];
        closed[CURRENT] = false;
        rows.set(i, closed);
      }
    }
    Object[] opened = row.clone();
    opened[TO] = RandomTable.OPEN_END;
    opened[CURRENT] = true;
    rows.add(opened);
  }

  void add(List<Object[]> more) {
    rows.addAll(more);
  }

  /** Takes rows away, each once. */
  void remove(List<Object[]> gone) {
    for (Object[] row : gone) {
      for (int i = 0; i < rows.size(); i++) {
        if (Values.sameRow(rows.get(i), row)) {
          rows.remove(i);
          break;
        }
      }
    }
  }

  void restore(long version) {
    rows = new ArrayList<>(versions.get(version));
  }

  /** The rows are now those of these versions. */
  void commit(long from, long to) {
    for (long version = from; version <= to; version++) {
      versions.put(version, List.copyOf(rows));
    }
  }

  List<String> texts() {
    return Rows.texts(rows);
  }

  List<String> texts(long version) {
    return Rows.texts(versions.get(version));
  }
}
