package dev.larder.io.delta.merge;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Loads events in any order of arrival, each batch with the later events of its keys that arrived
 * before, as who loads late rows does. The first column is the key.
 */
final class Arrival {
  private final List<List<Incoming>> batches = new ArrayList<>();

  /**
   * @param events each the rows of one event, which stay together
   */
  private Arrival(List<List<Incoming>> events, long seed) {
    Random random = new Random(seed);
    List<List<Incoming>> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    for (List<Incoming> event : shuffled) {
      if (batches.isEmpty() || random.nextInt(3) == 0) {
        batches.add(new ArrayList<>());
      }
      batches.get(batches.size() - 1).addAll(event);
    }
  }

  static MergeTable load(MergeTable table, List<List<Incoming>> events, long seed) {
    return load(table, events, seed, Incoming::order);
  }

  /**
   * @param time of a row; a table that tells versions apart by it alone needs what followed the end
   *     of all rows within one time
   */
  static MergeTable load(
      MergeTable table, List<List<Incoming>> events, long seed, Function<Incoming, Object> time) {
    Arrival arrival = new Arrival(events, seed);
    List<Incoming> arrived = new ArrayList<>();
    for (List<Incoming> batch : arrival.batches) {
      arrived.addAll(batch);
      table.load(withLater(batch, arrived, time));
    }
    return table;
  }

  private static List<Incoming> withLater(
      List<Incoming> batch, List<Incoming> arrived, Function<Incoming, Object> time) {
    Map<Object, Sequence> first = new HashMap<>();
    for (Incoming row : batch) {
      first.merge(key(row), row.order(), (a, b) -> a.compareTo(b) < 0 ? a : b);
    }
    Sequence firstEnd = first.get("");
    List<Incoming> loaded = new ArrayList<>();
    for (Incoming row : arrived) {
      Sequence since = first.get(key(row));
      boolean isLater =
          since != null && row.order().compareTo(since) >= 0
              || firstEnd != null && row.order().compareTo(firstEnd) >= 0
              || row.change() == Change.DELETE_ALL
                  && first.values().stream().anyMatch(each -> row.order().compareTo(each) > 0);
      if (isLater) {
        loaded.add(row);
      }
    }
    List<Incoming> ends = loaded.stream().filter(row -> row.change() == Change.DELETE_ALL).toList();
    for (Incoming row : arrived) {
      boolean followsAtOnce =
          ends.stream()
              .anyMatch(
                  end ->
                      row.order().compareTo(end.order()) > 0
                          && time.apply(row).equals(time.apply(end)));
      if (followsAtOnce && !loaded.contains(row)) {
        loaded.add(row);
      }
    }
    return loaded;
  }

  private static Object key(Incoming row) {
    return row.change() == Change.DELETE_ALL ? "" : row.values()[0];
  }
}
