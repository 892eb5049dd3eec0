package dev.larder.io.jdbc;

/** The metrics of this module, in the namespace of {@link JdbcSnapshots}. */
public final class MetricNames {
  /** Counter: rows read from tables, including those of a bundle that is later repeated. */
  public static final String ROWS_READ = "rows_read";

  /** Counter: ranges read to their end. */
  public static final String RANGES_READ = "ranges_read";

  /** Counter: how often reading a range broke off and went on. */
  public static final String RANGES_RETRIED = "ranges_retried";

  /** Distribution: milliseconds from the start to the end of reading a range. */
  public static final String RANGE_READ_MS = "range_read_ms";

  private MetricNames() {}
}
