package dev.larder.io.jdbc;

import java.io.Serializable;
import java.util.Map;

/** What reading a range needs besides the range. */
record RangeReads(
    Map<String, Source> sources, int maxConnections, RetryPolicy retries, BrakeLimits limits)
    implements Serializable {

  SourceBrake brake(TableRange range) {
    return SourceBrake.of(source(range), limits);
  }

  Source source(TableRange range) {
    Source source = sources.get(range.table().id().source());
    if (source == null) {
      throw JdbcErrors.unknownSource(range.table().id(), sources.keySet());
    }
    return source;
  }
}
