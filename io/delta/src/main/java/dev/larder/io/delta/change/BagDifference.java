package dev.larder.io.delta.change;

import dev.larder.io.changes.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference of two bags of rows: rows that are in both as often as in the other are no change.
 *
 * <p><b>Cost</b>: memory for the rows that have no counterpart yet; rows come in any order.
 */
public final class BagDifference {
  private final int[] key;
  private final Map<Content, Integer> added = new HashMap<>();

  /**
   * @param key positions of the columns by which a removed and an added row are an update; empty if
   *     rows have no identity
   */
  public BagDifference(int[] key) {
    this.key = key.clone();
  }

  public void add(Object[] row) {
    count(row, 1);
  }

  public void remove(Object[] row) {
    count(row, -1);
  }

  private void count(Object[] row, int times) {
    added.merge(
        new Content(row),
        times,
        (before, more) -> before + more == 0 ? null : (Integer) (before + more));
  }

  /**
   * Deletes and inserts; those of one key as updates, pre-image before post-image. If a key has
   * several of them, those that have the most values in common belong together.
   */
  public List<RowChange> changes() {
    List<RowChange> changes = new ArrayList<>();
    Map<Content, Sides> byKey = new LinkedHashMap<>();
    added.forEach(
        (content, count) -> {
          Sides sides =
              key.length == 0
                  ? new Sides()
                  : byKey.computeIfAbsent(new Content(key(content.row)), any -> new Sides());
          List<Object[]> side = count < 0 ? sides.removed : sides.added;
          for (int i = Math.abs(count); i > 0; i--) {
            side.add(content.row);
          }
          if (key.length == 0) {
            sides.addTo(changes);
          }
        });
    byKey.values().forEach(sides -> sides.addTo(changes));
    return changes;
  }

  private Object[] key(Object[] row) {
    Object[] values = new Object[key.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[key[i]];
    }
    return values;
  }

  /** The changed rows of one key. */
  private static final class Sides {
    /** Beyond it, rows of one key are put together in their order. */
    private static final int FEW = 64;

    private static final Comparator<Object[]> ANY_ORDER =
        Comparator.comparing(Arrays::deepToString);

    private final List<Object[]> removed = new ArrayList<>(1);
    private final List<Object[]> added = new ArrayList<>(1);

    void addTo(List<RowChange> changes) {
      if (removed.size() > 1 || added.size() > 1) {
        removed.sort(ANY_ORDER);
        added.sort(ANY_ORDER);
      }
      while (!removed.isEmpty() && !added.isEmpty()) {
        Object[] before = removed.remove(removed.size() - 1);
        changes.add(new RowChange(ChangeType.UPDATE_PREIMAGE, before));
        changes.add(new RowChange(ChangeType.UPDATE_POSTIMAGE, added.remove(mostAlike(before))));
      }
      removed.forEach(row -> changes.add(new RowChange(ChangeType.DELETE, row)));
      added.forEach(row -> changes.add(new RowChange(ChangeType.INSERT, row)));
    }

    private int mostAlike(Object[] before) {
      int best = added.size() - 1;
      if (added.size() == 1 || added.size() > FEW) {
        return best;
      }
      int bestCommon = -1;
      for (int i = 0; i < added.size(); i++) {
        int common = 0;
        for (int column = 0; column < before.length; column++) {
          common += Values.same(before[column], added.get(i)[column]) ? 1 : 0;
        }
        if (common > bestCommon) {
          best = i;
          bestCommon = common;
        }
      }
      return best;
    }
  }

  /** A row, equal by content. */
  private static final class Content {
    private final Object[] row;
    private final int hash;

    Content(Object[] row) {
      this.row = row;
      this.hash = Values.hashRow(row);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content that && hash == that.hash && Values.sameRow(row, that.row);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
