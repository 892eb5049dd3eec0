package dev.larder.io.delta.merge;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the stored rows of the keys that came a rule has to be shown ({@link
 * MergeRule#newestBy}): of each key the newest that is older than all that came of it, and what is
 * not older. A key that changes every minute has thousands of versions, of which one matters.
 *
 * <p><b>Cost</b>: some 200 bytes for each key that came.
 */
public final class NewestRows {
  private final RowKey.Of cameKey;
  private final int cameOrder;
  private final RowSchema columns;
  private final RowKey.Of storedKey;
  private final int storedOrder;
  private final Map<RowKey, Newest> keys = new HashMap<>();
  private final List<Place> others = new ArrayList<>();

  /** Of one key. */
  private static final class Newest {
    private Object least;
    private Object order;
    private Place place;
  }

  /** Where a row is stored. */
  private record Place(int file, long row) {}

  /**
   * @param schema of the rows that come
   * @param order {@link MergeRule#newestBy}
   */
  public NewestRows(RowSchema schema, List<String> key, String order) {
    List<String> names = new ArrayList<>(key);
    names.add(order);
    this.columns = MergeRule.columns(schema, names);
    this.cameKey = new RowKey.Of(schema, key);
    this.cameOrder = schema.position(order);
    this.storedKey = new RowKey.Of(columns, key);
    this.storedOrder = columns.position(order);
  }

  /** The columns that {@link #stored} is given. */
  public RowSchema columns() {
    return columns;
  }

  /** Takes a row that came; all of them before any that is stored. */
  public void came(Object[] row) {
    Object order = row[cameOrder];
    RowKey key = cameKey.key(row);
    Newest newest = keys.get(key);
    if (newest == null) {
      newest = new Newest();
      newest.least = order;
      keys.put(key, newest);
    } else if (Values.compare(order, newest.least) < 0) {
      newest.least = order;
    }
  }

  /**
   * Takes a stored row.
   *
   * @param file number of the file
   * @param place number of the row in it
   */
  public void stored(Object[] row, int file, long place) {
    Newest newest = keys.get(storedKey.key(row));
    if (newest == null) {
      return;
    }
    Object order = row[storedOrder];
    boolean isOlder =
        order != null && newest.least != null && Values.compare(order, newest.least) < 0;
    int later = newest.place == null ? 1 : isOlder ? Values.compare(order, newest.order) : 0;
    if (!isOlder || later == 0) {
      others.add(new Place(file, place));
    } else if (later > 0) {
      newest.order = order;
      newest.place = new Place(file, place);
    }
  }

  /**
   * The rows that count, of each file in ascending order.
   *
   * @param files how many there are
   */
  public long[][] places(int files) {
    int[] counts = new int[files];
    others.forEach(place -> counts[place.file]++);
    keys.values().stream()
        .filter(newest -> newest.place != null)
        .forEach(newest -> counts[newest.place.file]++);
    long[][] places = new long[files][];
    for (int i = 0; i < files; i++) {
      places[i] = new long[counts[i]];
    }
    others.forEach(place -> places[place.file][--counts[place.file]] = place.row);
    for (Newest newest : keys.values()) {
      if (newest.place != null) {
        places[newest.place.file][--counts[newest.place.file]] = newest.place.row;
      }
    }
    for (long[] each : places) {
      Arrays.sort(each);
    }
    return places;
  }
}
