package dev.larder.io.delta.merge;

import dev.larder.io.changes.Values;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks through the events of one driving key, and finds the rows that are missing. */
final class OpenMembers {
  private final EffectivityRows rows;
  private final List<Object[]> added;

  /** Open members with their opening rows, as stored rows alone say. */
  private final Map<RowKey, Object[]> known = new HashMap<>();

  /** The same with the rows that are added. */
  private Map<RowKey, Object[]> open = new HashMap<>();

  /** Members of which there is any row. */
  private final Set<RowKey> seen = new HashSet<>();

  /**
   * @param added to be filled
   */
  OpenMembers(EffectivityRows rows, List<Object[]> added) {
    this.rows = rows;
    this.added = added;
  }

  /**
   * All rows of one order.
   *
   * @param came in order
   */
  record Moment(List<Object[]> stored, List<Incoming> came) {
    static Moment empty() {
      return new Moment(new ArrayList<>(1), new ArrayList<>(1));
    }
  }

  /**
   * What is to hold after an event.
   *
   * @param open the members that are open, with the rows that open them
   * @param closings rows that close their members, open or not
   * @param cause the row that closes what is open and not among both
   */
  private record Wanted(
      Map<RowKey, Object[]> open, Map<RowKey, Closing> closings, Object[] cause) {}

  /**
   * @param isDelete whether it is to be kept even if the member is known to be closed
   */
  private record Closing(Object[] row, boolean isDelete) {}

  void walk(Collection<Moment> inOrder) {
    for (Moment moment : inOrder) {
      if (moment.stored.isEmpty()) {
        apply(wanted(moment.came));
      } else {
        applyStored(moment.stored);
      }
    }
  }

  private Wanted wanted(List<Incoming> came) {
    Map<RowKey, Object[]> wanted = new HashMap<>();
    Map<RowKey, Closing> closings = new HashMap<>();
    for (Incoming row : came) {
      RowKey member = rows.hasMember(row.values()) ? rows.member(row.values()) : null;
      switch (row.change()) {
        case PUT -> {
          if (rows.isOpening(row.values())) {
            wanted.put(member, rows.opening(row.values()));
            closings.remove(member);
          } else {
            wanted.remove(member);
            closings.put(member, new Closing(row.values(), false));
          }
        }
        case DELETE -> {
          if (member == null) {
            wanted.clear();
          } else {
            wanted.remove(member);
            closings.put(member, new Closing(rows.empty(row.values()), true));
          }
        }
        case DELETE_ALL -> wanted.clear();
      }
    }
    return new Wanted(wanted, closings, came.get(came.size() - 1).values());
  }

  /** Adds the rows that an event of which no row is stored calls for. */
  private void apply(Wanted wanted) {
    for (Map.Entry<RowKey, Object[]> each : List.copyOf(open.entrySet())) {
      RowKey member = each.getKey();
      if (!wanted.open.containsKey(member)) {
        Closing closing = wanted.closings.get(member);
        add(
            closing == null || closing.isDelete
                ? rows.closing(each.getValue(), wanted.cause)
                : closing.row);
      }
    }
    wanted.closings.forEach(
        (member, closing) -> {
          if (!open.containsKey(member) && (closing.isDelete || !seen.contains(member))) {
            add(closing.row);
          }
        });
    wanted.open.forEach(
        (member, opening) -> {
          if (!open.containsKey(member)) {
            add(opening);
          }
        });
    open.keySet().retainAll(wanted.open.keySet());
    wanted.open.forEach(open::putIfAbsent);
    seen.addAll(wanted.open.keySet());
    seen.addAll(wanted.closings.keySet());
  }

  /** Brings what is open to what was open after a stored event, where late rows have changed it. */
  private void applyStored(List<Object[]> stored) {
    stored.sort(Values::compare);
    Set<RowKey> here = new HashSet<>();
    for (Object[] row : stored) {
      RowKey member = rows.member(row);
      here.add(member);
      if (rows.isOpening(row)) {
        known.put(member, row);
      } else {
        known.remove(member);
      }
    }
    Object[] cause = stored.get(0);
    open.forEach(
        (member, opening) -> {
          if (!known.containsKey(member) && !here.contains(member)) {
            add(rows.closing(opening, cause));
          }
        });
    Map<RowKey, Object[]> after = new HashMap<>(known);
    known.forEach(
        (member, opening) -> {
          if (!open.containsKey(member) && !here.contains(member)) {
            after.put(member, add(rows.reopening(opening, cause)));
          }
        });
    open = after;
    seen.addAll(here);
  }

  private Object[] add(Object[] row) {
    added.add(row);
    return row;
  }
}
