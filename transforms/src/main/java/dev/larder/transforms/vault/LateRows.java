package dev.larder.transforms.vault;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Tells which rows of one key of a satellite come late: when they come, the satellite has a version
 * of the key that is newer, and they say something else than the version before them. Rows are
 * taken one by one in the order in which they came, so that it does not matter how they are cut
 * into batches. Pure.
 *
 * <p>A row that is stored, that repeats the version before it, or that ends a version, is never
 * late: such rows come again whenever something is loaded twice, and change nothing.
 *
 * <p><b>Order of arrival</b>: rows of one partition of Kafka come by their offsets; of several
 * partitions, and of snapshots, which tell nothing of it, the one with the lower sequence comes
 * first.
 */
final class LateRows {
  private static final Object[] ENDED = {};
  private static final Comparator<Object> BY_VALUE = Values::compare;

  private final LateColumns columns;
  private final Map<Object, Object[]> ends = new TreeMap<>(BY_VALUE);
  private final TreeMap<Object, Object[]> versions = new TreeMap<>(BY_VALUE);
  private final Map<String, List<Candidate>> came = new TreeMap<>();

  /**
   * @param letter what is to be said if the row is late: a row of {@link
   *     dev.larder.io.changes.DeadLetter#TABLE}
   */
  record Candidate(TableRow row, TableRow letter) {
    private static final int TOPIC = 2;
    private static final int PARTITION = 3;
    private static final int OFFSET = 4;

    private String partition() {
      Object[] place = letter.values();
      return place[TOPIC] == null ? "" : place[TOPIC] + "/" + place[PARTITION];
    }

    private Long offset() {
      return (Long) letter.values()[OFFSET];
    }

    private static final Comparator<Candidate> BY_SEQUENCE =
        Comparator.<Candidate, Sequence>comparing(each -> each.row.order())
            .thenComparing(each -> each.row.values(), Values::compare);

    private static final Comparator<Candidate> BY_OFFSET =
        Comparator.comparing(Candidate::offset, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(BY_SEQUENCE);
  }

  LateRows(LoadRule rule) {
    this.columns = new LateColumns(rule);
  }

  /** Takes a version that the satellite has. */
  void stored(RowSchema schema, Object[] row) {
    versions.put(columns.order(schema, row), columns.compared(schema, row));
    Object end = columns.end(schema, row);
    if (end != null) {
      ends.put(end, ENDED);
    }
  }

  void came(Candidate candidate) {
    came.computeIfAbsent(candidate.partition(), any -> new ArrayList<>(1)).add(candidate);
  }

  /**
   * Gives each row that came to one of both, but for rows that repeat the version before them, and
   * ends of all keys, which are no rows of this one.
   */
  void judge(Consumer<TableRow> loaded, BiConsumer<TableRow, TableRow> late) {
    ends.forEach(versions::putIfAbsent);
    for (Candidate each : arrived()) {
      TableRow row = each.row();
      Object order = columns.order(row.schema(), row.values());
      if (row.change() != Change.PUT) {
        versions.put(order, ENDED);
        if (row.change() == Change.DELETE) {
          loaded.accept(row);
        }
      } else {
        put(each, order, loaded, late);
      }
    }
  }

  private void put(
      Candidate each,
      Object order,
      Consumer<TableRow> loaded,
      BiConsumer<TableRow, TableRow> late) {
    TableRow row = each.row();
    Object[] says = columns.compared(row.schema(), row.values());
    Map.Entry<Object, Object[]> before = versions.floorEntry(order);
    if (before != null && BY_VALUE.compare(before.getKey(), order) == 0) {
      loaded.accept(row); // the same event, or one of the same time, which the table's rule knows
    } else if (before != null && Values.sameRow(before.getValue(), says)) {
      return;
    } else if (versions.higherKey(order) != null) {
      late.accept(row, each.letter());
    } else {
      loaded.accept(row);
      versions.put(order, says);
    }
  }

  private List<Candidate> arrived() {
    PriorityQueue<List<Candidate>> heads =
        new PriorityQueue<>(
            Comparator.comparing(list -> list.get(list.size() - 1), Candidate.BY_SEQUENCE));
    for (List<Candidate> partition : came.values()) {
      partition.sort(Candidate.BY_OFFSET.reversed());
      heads.add(partition);
    }
    List<Candidate> arrived = new ArrayList<>();
    while (!heads.isEmpty()) {
      List<Candidate> next = heads.remove();
      arrived.add(next.remove(next.size() - 1));
      if (!next.isEmpty()) {
        heads.add(next);
      }
    }
    return arrived;
  }
}
