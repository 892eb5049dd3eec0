package dev.larder.runners.direct;

import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.RowChange;
import java.util.ArrayList;
import java.util.List;

/**
 * A history that did not happen: the name that an item got last is another one, the last change of
 * an owner is left out, the last one of a stock came a microsecond later.
 */
final class FalseTale {
  private FalseTale() {}

  static Replay of(Replay replay, FireProof proof) {
    RowChange item =
        last(proof.changes("items").stream().filter(change -> change.after() != null).toList());
    RowChange owner = last(proof.changes("owners"));
    RowChange stock = last(proof.changes("stocks"));
    int name = replay.table("items").column("name");
    return replay.retold(
        change -> {
          if (change.equals(owner)) {
            return null;
          } else if (change.equals(item)) {
            return told(item, item.committedAt(), with(item.after(), name, "another"));
          }
          return change.equals(stock)
              ? told(stock, stock.committedAt() + 1, stock.after())
              : change;
        });
  }

  private static RowChange last(List<RowChange> changes) {
    return changes.get(changes.size() - 1);
  }

  private static List<String> with(List<String> row, int column, String value) {
    List<String> other = new ArrayList<>(row);
    other.set(column, value);
    return other;
  }

  private static RowChange told(RowChange change, long committedAt, List<String> after) {
    return new RowChange(
        change.table(), change.place(), change.row(), committedAt, change.before(), after);
  }
}
