package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.filter.Filter;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * What the steps of a read share.
 *
 * @param version null for the one of {@code time}, or the latest
 * @param time null for {@code version}, or the latest
 * @param columns null for all
 */
record ReadPlan(String lake, Long version, Instant time, List<String> columns, Filter filter)
    implements Serializable {

  ReadPlan withLake(String wanted) {
    return new ReadPlan(wanted, version, time, columns, filter);
  }

  ReadPlan withVersion(Long wanted, Instant at) {
    return new ReadPlan(lake, wanted, at, columns, filter);
  }

  ReadPlan withColumns(List<String> names) {
    return new ReadPlan(lake, version, time, List.copyOf(names), filter);
  }

  ReadPlan withFilter(Filter more) {
    return new ReadPlan(
        lake, version, time, columns, filter.equals(Filter.everything()) ? more : filter.and(more));
  }

  RowScan scan(String path, RowSchema table) {
    return RowScan.of(path, table, columns, filter);
  }
}
