package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.PlacedRows;
import dev.larder.io.delta.file.StoredBounds;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.NewestRows;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads the stored rows that a rule is to be shown. Where of a key only the newest matter, and keys
 * have several rows, keys and orders are gone through first, and then no row is made but those.
 */
final class StoredScan {
  /** Of more keys it is not told which of their rows matter: it would take too much memory. */
  private static final int MANY = 1 << 18;

  /** With fewer rows of a key on average, it is cheaper to be shown all. */
  private static final int WORTH = 3;

  /** By so many rows of wanted keys it is decided. */
  private static final int SAMPLE = 1 << 13;

  private final TableFiles reader;
  private final List<DataFile> files;
  private final MergedKeys keys;
  private final Condition condition;
  private final RowSchema columns;

  /** Takes the rows. */
  interface Rows {
    /**
     * @param file number of its file
     * @param place its own in the file, or {@link PlacedRows#UNKNOWN}
     */
    void take(Object[] row, int file, long place);
  }

  /**
   * @param location of the table, for messages
   * @param columns that the rule is to be shown
   * @param keys of the rows that came
   */
  StoredScan(
      TableFiles reader,
      List<DataFile> files,
      String location,
      RowSchema columns,
      MergedKeys keys) {
    this.reader = reader;
    this.files = files;
    this.keys = keys;
    this.columns = columns;
    this.condition = keys.condition(location, columns);
  }

  /**
   * Reads the rows of the keys that matter, and maybe others.
   *
   * @param came knows all rows that came, asked for if it is worth it; null if all rows matter
   */
  void readNewest(Supplier<NewestRows> came, Rows out) {
    int many = came == null ? 0 : keys.many().orElse(0);
    NewestRows newest = many > 0 && many <= MANY && isWorthIt(many) ? came.get() : null;
    read(newest != null && look(newest) ? newest.places(files.size()) : null, out);
  }

  private void read(long[][] places, Rows out) {
    for (int i = 0; i < files.size(); i++) {
      if (places == null || places[i].length > 0) {
        read(i, places == null ? null : places[i], out);
      }
    }
  }

  /** Whether keys have several rows each, as far as the begin of the largest file tells. */
  private boolean isWorthIt(long many) {
    long rows = 0;
    for (DataFile file : files) {
      rows += Math.max(0, StoredBounds.parse(file.stats()).rows());
    }
    if (rows < WORTH * many) {
      return false;
    }
    DataFile largest = Collections.max(files, Comparator.comparingLong(DataFile::size));
    RowSchema key = RowSchema.of(columns.column(columns.position(keys.filter().column())));
    try (PlacedRows stored = reader.read(largest, key, condition, keys.filter())) {
      long hits = 0;
      while (hits < SAMPLE && stored.hasNext()) {
        stored.next();
        hits++;
      }
      return hits > 0
          && stored.place() != PlacedRows.UNKNOWN
          && (double) hits / (stored.place() + 1) * rows >= WORTH * many;
    }
  }

  /**
   * Goes through keys and orders.
   *
   * @return whether all places are known
   */
  private boolean look(NewestRows newest) {
    for (int i = 0; i < files.size(); i++) {
      try (PlacedRows stored =
          reader.read(files.get(i), newest.columns(), condition, keys.filter())) {
        while (stored.hasNext()) {
          Object[] row = stored.next();
          if (stored.place() == PlacedRows.UNKNOWN) {
            return false;
          }
          newest.stored(row, i, stored.place());
        }
      }
    }
    return true;
  }

  /**
   * @param places of the rows that matter; null for all
   */
  private void read(int file, long[] places, Rows out) {
    try (PlacedRows rows = open(files.get(file), places)) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        out.take(row, file, rows.place());
      }
    }
  }

  private PlacedRows open(DataFile file, long[] places) {
    return places == null
        ? all(file)
        : reader.readAt(file, columns, places).orElseGet(() -> all(file));
  }

  private PlacedRows all(DataFile file) {
    return reader.read(file, columns, condition, keys.filter());
  }
}
