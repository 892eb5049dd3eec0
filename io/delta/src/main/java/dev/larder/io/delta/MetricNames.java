package dev.larder.io.delta;

/** Names of this module's Beam metrics; their namespace is {@link DeltaIO}. */
public final class MetricNames {
  /** Counter: files that {@code readRows} and {@code readChanges} found necessary to read. */
  public static final String FILES_PLANNED = "files_planned";

  /** Counter: files that they left unopened, for no row in them can pass the filter. */
  public static final String FILES_PRUNED = "files_pruned";

  /** Counter: Parquet row groups that they read, whole or some pages. */
  public static final String ROW_GROUPS_READ = "row_groups_read";

  /** Counter: row groups of opened files that they left out. */
  public static final String ROW_GROUPS_PRUNED = "row_groups_pruned";

  /** Counter: rows that they put out. */
  public static final String ROWS_READ = "rows_read";

  /** Counter: bytes that they took from files, footers included. */
  public static final String BYTES_READ = "bytes_read";

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

  /**
   * Counter: parts of tables (buckets, or whole tables) that were merged again because another
   * writer changed them between their merge and the commit.
   */
  public static final String PARTS_MERGED_AGAIN = "parts_merged_again";

  /** Counter: groups of files that {@code optimize} left, for other writers kept changing them. */
  public static final String SETS_GIVEN_UP = "sets_given_up";

  private MetricNames() {}
}
