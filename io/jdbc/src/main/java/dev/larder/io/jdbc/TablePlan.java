package dev.larder.io.jdbc;

import dev.larder.io.changes.TableSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * How a table will be read.
 *
 * @param estimatedRows the database's estimate; it may be far off
 * @param ranges disjoint, together the whole table, in key order; at least one
 * @param note what makes reading this table slower or less exact than others and what to do, or
 *     null
 */
public record TablePlan(TableSchema table, long estimatedRows, List<TableRange> ranges, String note)
    implements Serializable {

  public TablePlan {
    ranges = List.copyOf(ranges);
  }

  /** The note, if there is one. */
  public Optional<String> warning() {
    return Optional.ofNullable(note);
  }
}
