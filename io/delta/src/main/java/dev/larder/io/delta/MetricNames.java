package dev.larder.io.delta;

/** Names of this module's Beam metrics; their namespace is {@link DeltaIO}. */
public final class MetricNames {
  /** Counter: rows read from tables by {@code readRows}. */
  public static final String ROWS_READ = "rows_read";

  /** Counter: rows that came to {@code writeRows} and {@code mergeRows}. */
  public static final String ROWS_IN = "rows_in";

  /** Counter: rows that became visible by commits of this pipeline. */
  public static final String ROWS_ADDED = "rows_added";

  /** Counter: bytes of the files that became visible by commits of this pipeline. */
  public static final String BYTES_WRITTEN = "bytes_written";

  /**
   * Distribution: milliseconds that one table's commit took, its checkpoint and folding included.
   */
  public static final String COMMIT_MS = "commit_ms";

  /** Counter: rows that {@code optimize} is going to write anew, as far as statistics tell. */
  public static final String ROWS_PLANNED = "rows_planned";

  /** Counter: rows that {@code optimize} has written anew. */
  public static final String ROWS_REWRITTEN = "rows_rewritten";

  private MetricNames() {}
}
