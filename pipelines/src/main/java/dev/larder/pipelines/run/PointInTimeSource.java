package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.ChangedBound;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.ColumnBounds;
import dev.larder.io.delta.filter.Filter;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.PointInTimeSpecs;
import java.util.List;

/**
 * A table that a PIT or bridge is made of, in one version.
 *
 * @param columns to read
 */
record PointInTimeSource(
    DeltaTable table, DeltaSnapshot snapshot, String name, List<String> columns) {
  private static final String MARK = "larder.source:";

  static PointInTimeSource of(String lake, String name, List<String> columns) {
    DeltaTable table = DeltaTable.of(lake, name);
    return new PointInTimeSource(table, table.latest(), name, columns);
  }

  /** The name under which what is made of the table keeps the version it was made of. */
  String mark() {
    return MARK + name;
  }

  /** Rows; 0 if files without statistics hide how many. */
  long rows() {
    return snapshot.rowCount().orElse(0);
  }

  /**
   * From which load time on rows came or went since a version.
   *
   * @param mark of the version; -1 if it is not known
   * @return of unknown bound if the log does not tell
   */
  ChangedBound changedSince(long mark) {
    if (mark < 0 || mark > snapshot.version()) {
      return new ChangedBound(true, null);
    }
    try {
      return table.changedBound(VaultNames.LOADED_AT, mark, snapshot.version());
    } catch (UserException cleanedUp) {
      return new ChangedBound(true, null);
    }
  }

  /** The earliest load time, ghost records left out; null if there is no row. */
  Long firstLoad() {
    return load(false);
  }

  /** The latest load time; null if there is no row. */
  Long lastLoad() {
    return load(true);
  }

  private Long load(boolean isLast) {
    ColumnBounds bounds = snapshot.bounds(VaultNames.LOADED_AT);
    Object bound = isLast ? bounds.max() : bounds.min();
    if (bound != null && (Long) bound > PointInTimeSpecs.BEGINNING_OF_TIME + 1_000) {
      return (Long) bound;
    }
    return snapshot.files().isEmpty() ? null : scanned(isLast);
  }

  /** Where statistics do not tell, or a ghost record hides the others. */
  private Long scanned(boolean isLast) {
    Long found = null;
    try (RowIterator rows =
        snapshot.rows(
            List.of(VaultNames.LOADED_AT),
            Filter.atLeast(VaultNames.LOADED_AT, PointInTimeSpecs.BEGINNING_OF_TIME + 1))) {
      while (rows.hasNext()) {
        long time = (Long) rows.next()[0];
        if (found == null || (isLast ? time > found : time < found)) {
          found = time;
        }
      }
    }
    return found;
  }
}
