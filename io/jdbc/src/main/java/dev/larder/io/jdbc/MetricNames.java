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

  /** Counter: milliseconds that readers paused because the server had too much to do. */
  public static final String BRAKED_MS = "braked_ms";

  /** Counter, the table's name follows: ranges read to their end. */
  public static final String TABLE_RANGES = "table_ranges:";

  /** Counter, the table's name follows: rows of ranges read to their end. */
  public static final String TABLE_ROWS = "table_rows:";

  /** Counter, the table's name follows: {@link dev.larder.io.changes.RowDigest#bytes} of them. */
  public static final String TABLE_BYTES = "table_bytes:";

  /**
   * Counter, the table's name follows: {@link dev.larder.io.changes.RowDigest#checksum} of them; it
   * is a sum modulo 2^64.
   */
  public static final String TABLE_CHECKSUM = "table_checksum:";

  /**
   * Counter, the table's name follows: milliseconds that reading them took, one after the other.
   */
  public static final String TABLE_MS = "table_ms:";

  private MetricNames() {}
}
