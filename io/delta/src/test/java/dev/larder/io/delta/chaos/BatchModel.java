package dev.larder.io.delta.chaos;

import dev.larder.io.delta.Rows;
import dev.larder.io.delta.chaos.Batches.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@link Batches} make of their tables, said in the simplest way there is. */
final class BatchModel {
  private final Map<String, List<Object[]>> tables = new HashMap<>();
  private final Map<String, String> latest = new HashMap<>();
  private final Map<String, Object[]> open = new HashMap<>();

  BatchModel() {
    Batches.TABLES.forEach(table -> tables.put(table, new ArrayList<>()));
  }

  void load(long batch) {
    for (Event event : Batches.events(batch)) {
      if (event.value() != null) {
        insert(event);
      }
      keepHistory(event);
    }
  }

  private void insert(Event event) {
    Object[] row = {event.key(), event.order(), event.value()};
    tables.get(Batches.LOG).add(row);
    if (!event.value().equals(latest.put(event.key(), event.value()))) {
      tables.get(Batches.SAT).add(row);
    }
  }

  private void keepHistory(Event event) {
    Object[] before = open.get(event.key());
    if (before != null && before[1].equals(event.value())) {
      return;
    }
    if (before != null) {
      before[2] = false;
      before[4] = event.order();
      open.remove(event.key());
    }
    if (event.value() != null) {
      Object[] row = {event.key(), event.value(), true, event.order(), Batches.END};
      open.put(event.key(), row);
      tables.get(Batches.HISTORY).add(row);
    } else if (before == null) { // a delete that ends nothing is kept for rows that may come late
      Object[] row = {event.key(), null, false, event.order(), event.order()};
      tables.get(Batches.HISTORY).add(row);
    }
  }

  /** As {@link Rows#read} gives them. */
  List<String> rows(String table) {
    return Rows.texts(tables.get(table));
  }
}
